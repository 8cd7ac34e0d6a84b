/// A pure number in billionths: 1.0 is 1 000 000 000.
public struct Ratio: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let billionths: Int64

    public init(_ billionths: Int64) { self.billionths = billionths }

    /// None of it.
    public static let zero = Ratio(0)

    /// Billionths in one.
    public static let scale: Int64 = 1_000_000_000

    /// As a fraction of one, for the model.
    public var fraction: Double { Double(billionths) / 1e9 }

    public static func < (left: Ratio, right: Ratio) -> Bool { left.billionths < right.billionths }
}
