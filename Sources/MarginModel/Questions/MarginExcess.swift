public import MarginDomain

/// What is left of a pool's equity above each of its two requirements; negative = missing.
public struct MarginExcess: Hashable, Sendable {
    /// Equity less initial margin.
    public var initial: Value
    /// Equity less maintenance margin.
    public var maintenance: Value

    public init(initial: Value, maintenance: Value) {
        self.initial = initial
        self.maintenance = maintenance
    }

    /// Nil for a pool without margin.
    public init?(_ margin: PoolMargin) {
        guard margin.status == .margined else { return nil }
        self.init(initial: margin.equity - margin.initial, maintenance: margin.equity - margin.maintenance)
    }

    /// Whether a pool may be brought from `before` to here: it meets initial margin then, or is at least no worse off
    /// against either requirement (*reduce-only*).
    public func isAllowed(after before: MarginExcess) -> Bool {
        initial >= .zero || isNoWorse(than: before)
    }

    /// Of two parts that stand alone.
    public static func + (left: MarginExcess, right: MarginExcess) -> MarginExcess {
        MarginExcess(initial: left.initial + right.initial, maintenance: left.maintenance + right.maintenance)
    }

    /// Whether neither excess is lower.
    public func isNoWorse(than other: MarginExcess) -> Bool {
        initial >= other.initial && maintenance >= other.maintenance
    }
}
