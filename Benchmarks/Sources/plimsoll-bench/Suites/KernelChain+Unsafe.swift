import CMarginKernels

/// Options of one expiry with their rows, to be priced by the kernels directly.
struct KernelChain {
    private let options: [mk_option]
    /// The moves of a range of 16 %, as the kernels take them.
    private let grid: [SIMD8<Double>] = [
        SIMD8(-0.16, -0.12, -0.08, -0.04, 0.04, 0.08, 0.12, 0.16), SIMD8(-0.66, -0.33, 0.5, 1, 2, 3, 4, 5),
        SIMD8(-0.14, -0.1, -0.06, -0.02, 0.02, 0.06, 0.1, 0.14),
        SIMD8(0.187, 0.373, 0.246, 0.123, 0.0616, 0.0411, 0.0308, 0.0246),
    ]
    private var expiry = mk_expiry()
    private var rows: [SIMD8<Double>]

    static let optionCount = 294

    /// Option-scenarios in one call: 61 columns and 4 skew rotations an option.
    var valueCount: Int { options.count * 65 }

    /// - Parameter days: beyond 30, all five volatility shapes differ; up to 30, the steep ones equal the flat ones.
    init(days: Int) {
        options = (0..<Self.optionCount).map { Self.option($0) }
        rows = Array(repeating: .zero, count: Self.optionCount * mk_row_vectors)
        let isShort = days <= 30
        expiry.spot = 60_000
        expiry.forward = 60_600
        expiry.discount = 1
        expiry.root_time = (Double(days) / 365).squareRoot()
        expiry.shape = isShort ? (1, 1.68, 1.68, 0.66, 0.66) : (1, 1.52, 1.278, 0.74, 0.861)
        expiry.floor = isShort ? 0.5 : 0
        expiry.skew_cap = 0.2
        expiry.skew_width = 2.4 * expiry.root_time
        expiry.fee_rate = 0.001
        expiry.steep_is_flat = isShort ? 1 : 0
    }

    /// A call and a put at each strike, from half to one and a half times spot.
    private static func option(_ place: Int) -> mk_option {
        var option = mk_option()
        option.strike = 30_000 + 60_000 * Double(place / 2) / Double(optionCount / 2)
        option.volatility = 0.55
        option.scale = 100_000
        option.row = Int32(place)
        option.sign = place % 2 == 0 ? 1 : -1
        return option
    }

    static func note(days: Int) -> String {
        days <= 30 ? "steep shapes equal flat ones and are copied" : "five different volatility shapes"
    }

    /// Prices every option under every column.
    ///
    /// - Returns: bits of the last row, which cost nothing to look at.
    @inline(never)
    mutating func price() -> UInt64 {
        unsafe grid.withUnsafeBytes { grid in
            unsafe rows.withUnsafeMutableBytes { rows in
                unsafe options.withUnsafeBufferPointer { options in
                    unsafe withUnsafePointer(to: expiry) { expiry in
                        // SAFETY: there are ten vectors for each option's row; vectors are bound as the doubles that
                        // they are; the kernel keeps no pointer.
                        unsafe mk_price(
                            grid.bindMemory(to: Double.self).baseAddress, expiry, options.baseAddress,
                            Int32(options.count), rows.bindMemory(to: Double.self).baseAddress, nil)
                    }
                }
            }
        }
        return rows[rows.count - mk_row_vectors][0].bitPattern
    }

    /// Depends on every bit of every row.
    var checksum: UInt64 {
        var sum: UInt64 = 0
        for vector in rows {
            // BOUNDS: a checksum may wrap.
            for lane in 0..<8 { sum = sum &* 31 &+ vector[lane].bitPattern }
        }
        return sum
    }
}
