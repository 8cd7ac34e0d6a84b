/// A price in ticks: of an instrument, or of an asset for index prices, forwards and strikes.
///
/// | operation | result |
/// |---|---|
/// | `Price` compared with `Price` | of the same instrument or asset only |
/// | `Price` × `Quantity` | ``Balance``, through ``Instrument/cost(of:at:)`` |
/// | `Price` + `Price`, `Price` × `Price` | do not exist |
public struct Price: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let ticks: Int64

    public init(_ ticks: Int64) { self.ticks = ticks }

    /// None of it.
    public static let zero = Price(0)

    public static func < (left: Price, right: Price) -> Bool { left.ticks < right.ticks }
}
