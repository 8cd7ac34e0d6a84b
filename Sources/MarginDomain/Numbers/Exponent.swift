/// A power of ten: value = mantissa × 10^exponent. Announced once, at listing, and never changed.
public struct Exponent: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Within ``range``.
    public let power: Int8

    public init(_ power: Int8) { self.power = power }

    /// What a listing may announce.
    public static let range: ClosedRange<Int8> = -18...9

    /// Whether a listing may announce it.
    public var isValid: Bool { Self.range.contains(power) }

    /// Ten to this power, correctly rounded.
    ///
    /// - Precondition: ``isValid``, which decoding ensures.
    public var scale: Double {
        precondition(isValid, "an exponent outside the listing range reached the model")
        // A quotient of two exact powers is correctly rounded; a product of negative powers is not.
        return power >= 0 ? Self.exactScales[Int(power)] : 1 / Self.exactScales[-Int(power)]
    }

    /// 10⁰…10¹⁸: every one of them is a `Double`.
    private static let exactScales: [Double] = (0...18).map { power in
        (0..<power).reduce(1.0) { scale, _ in scale * 10 }
    }

    public static func < (left: Exponent, right: Exponent) -> Bool { left.power < right.power }
}

/// Exact powers of ten.
public enum PowerOfTen {
    /// The largest power that there is here; ten times as much would leave little room for a multiple.
    static let powerMax = 37

    /// 10^`power`.
    ///
    /// - Precondition: `power` is 0...37.
    public static func integer(_ power: Int) -> Int128 {
        precondition((0...powerMax).contains(power), "power of ten out of range")
        return integers[power]
    }

    private static let integers: [Int128] = (0...powerMax).map { power in
        (0..<power).reduce(Int128(1)) { product, _ in product * 10 }
    }
}
