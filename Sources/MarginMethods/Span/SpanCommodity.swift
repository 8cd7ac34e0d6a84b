/// What a clearing house sets for one combined commodity: all contracts on one underlying.
public struct SpanCommodity: Equatable, Sendable {
    /// Whether ranges and charges are fractions of the index price or dollars of one unit.
    public enum Unit: String, CaseIterable, Sendable { case fraction, dollars }

    /// How the short option minimum counts options: all of them, or the larger of calls and puts.
    public enum ShortOptionMethod: String, CaseIterable, Sendable { case gross, larger }

    public var unit = Unit.fraction
    /// The price move of scenarios 11 to 14, in ``unit``.
    public var priceScanRange: Double
    /// Change of volatility in scenarios 1 to 14, as a share of it.
    public var volatilityScanRange = 0.35
    /// Least risk of one sold option, in ``unit``.
    public var shortOptionMinimum = 0.01
    public var shortOptionMethod = ShortOptionMethod.gross
    /// Ranges of expiries; empty = one for all.
    public var tiers: [SpanTier] = []
    /// Time spreads in order of priority.
    public var timeSpreads = [SpanTimeSpread(first: 1, second: 1, charge: 0.01)]

    public init(priceScanRange: Double) { self.priceScanRange = priceScanRange }

    /// Dollars of an amount in ``unit``.
    func dollars(_ amount: Double, spot: Double) -> Double { unit == .fraction ? amount * spot : amount }

    /// The tier of an expiry, from 1; nil if none covers it.
    func tier(days: Double) -> Int? {
        if tiers.isEmpty { return 1 }
        return tiers.firstIndex { days >= $0.fromDays && days < $0.toDays }.map { $0 + 1 }
    }

    /// The price scan range at an expiry, in dollars of one unit.
    func range(days: Double, spot: Double) -> Double {
        let own = tiers.isEmpty ? nil : tier(days: days).flatMap { tiers[$0 - 1].priceScanRange }
        return dollars(own ?? priceScanRange, spot: spot)
    }
}

/// Expiries of a combined commodity that count as one in time spreads.
public struct SpanTier: Equatable, Sendable {
    public var fromDays: Double
    /// Not included.
    public var toDays: Double
    /// Nil = the commodity's.
    public var priceScanRange: Double?

    public init(fromDays: Double, toDays: Double, priceScanRange: Double? = nil) {
        self.fromDays = fromDays
        self.toDays = toDays
        self.priceScanRange = priceScanRange
    }
}

/// A charge for long delta in one tier against short delta in another, or in the same one.
public struct SpanTimeSpread: Equatable, Sendable {
    /// Tier, from 1.
    public var first: Int
    public var second: Int
    /// For each delta of a spread, in the commodity's unit.
    public var charge: Double

    public init(first: Int, second: Int, charge: Double) {
        self.first = first
        self.second = second
        self.charge = charge
    }
}

/// A credit for offsetting delta of two or more commodities.
public struct SpanCommoditySpread: Equatable, Sendable {
    /// Share of the weighted price risk that is credited.
    public var rate: Double
    public var legs: [Leg]

    public init(rate: Double, legs: [Leg]) {
        self.rate = rate
        self.legs = legs
    }

    public struct Leg: Equatable, Sendable {
        public var commodity: String
        /// Deltas of one spread.
        public var ratio: Double
        public var side: Side

        public init(commodity: String, ratio: Double, side: Side) {
            self.commodity = commodity
            self.ratio = ratio
            self.side = side
        }
    }

    /// Legs of different sides have deltas of opposite signs.
    public enum Side: String, CaseIterable, Sendable { case a, b }
}
