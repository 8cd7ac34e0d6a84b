/// A rate in billionths, annualised unless said otherwise.
public struct Rate: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let billionths: Int64

    public init(_ billionths: Int64) { self.billionths = billionths }

    /// None of it.
    public static let zero = Rate(0)

    /// Billionths in one.
    public static let scale: Int64 = 1_000_000_000

    /// As a fraction of one, for the model.
    public var fraction: Double { Double(billionths) / 1e9 }

    public static func < (left: Rate, right: Rate) -> Bool { left.billionths < right.billionths }
}
