/// A size in lots of an instrument; positive = long or bought.
///
/// | operation | result |
/// |---|---|
/// | `-Quantity` | `Quantity` |
/// | `Quantity` × `Price` | ``Balance``, through ``Instrument/cost(of:at:)`` |
/// | sums of quantities | ``NetQuantity``, which cannot overflow |
public struct Quantity: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let lots: Int64

    public init(_ lots: Int64) { self.lots = lots }

    /// None of it.
    public static let zero = Quantity(0)

    /// The opposite; the smallest value saturates.
    public static prefix func - (operand: Quantity) -> Quantity {
        Quantity(operand.lots == .min ? .max : -operand.lots)
    }

    public static func < (left: Quantity, right: Quantity) -> Bool { left.lots < right.lots }
}
