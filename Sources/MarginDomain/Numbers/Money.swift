/// An amount in the smallest units of the asset named beside it; positive = in favour of the account.
///
/// | operation | result |
/// |---|---|
/// | `-Money` | `Money` |
/// | sums of money | ``Balance``, which cannot overflow |
public struct Money: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let units: Int64

    public init(_ units: Int64) { self.units = units }

    /// None of it.
    public static let zero = Money(0)

    /// The opposite; the smallest value saturates.
    public static prefix func - (operand: Money) -> Money {
        Money(operand.units == .min ? .max : -operand.units)
    }

    public static func < (left: Money, right: Money) -> Bool { left.units < right.units }
}
