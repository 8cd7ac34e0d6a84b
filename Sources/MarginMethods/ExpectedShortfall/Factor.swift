/// What moves prices: each has one daily log return in a ``FactorHistory``.
public enum Factor: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Index price of an underlying.
    case spot(String)
    /// Perpetual or forward over index price; where it has no history, contracts move with spot alone.
    case basis(String)
    /// At-the-money implied volatility at a tenor.
    case volatility(String, days: Int)

    public var underlying: String {
        switch self {
        case .spot(let name), .basis(let name), .volatility(let name, _): name
        }
    }

    public var description: String {
        switch self {
        case .spot(let name): "spot \(name)"
        case .basis(let name): "basis \(name)"
        case .volatility(let name, let days): "volatility \(name) \(days) d"
        }
    }
}
