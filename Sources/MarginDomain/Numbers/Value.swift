/// An amount in numeraire quanta: millionths of a US dollar.
///
/// The unit of equity, margin and every published figure of a pool. Saturates at ``max`` and ``min``
/// instead of wrapping; a pool that large is beyond ``EngineLimits`` and quarantined long before.
public struct Value: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let quanta: Int64

    public init(_ quanta: Int64) { self.quanta = quanta }

    /// None of it.
    public static let zero = Value(0)

    /// The opposite; the smallest value saturates.
    public static prefix func - (operand: Value) -> Value {
        Value(operand.quanta == .min ? .max : -operand.quanta)
    }

    public static func < (left: Value, right: Value) -> Bool { left.quanta < right.quanta }
}

extension Value {
    /// Power of ten of one quantum, in US dollars.
    public static let exponent = Exponent(-6)

    /// Quanta in one dollar.
    public static let perDollar: Int64 = 1_000_000

    /// Stands for anything larger.
    public static let max = Value(.max)

    /// Stands for anything smaller.
    public static let min = Value(.min)

    /// The nearest value to an exact sum of quanta.
    public init(saturating quanta: Int128) {
        self.init(Int64(clamping: quanta))
    }

    public static func + (left: Value, right: Value) -> Value {
        Value(saturating: Int128(left.quanta) + Int128(right.quanta))
    }

    public static func - (left: Value, right: Value) -> Value {
        Value(saturating: Int128(left.quanta) - Int128(right.quanta))
    }
}
