public import MarginModel

/// dYdX's margin for linear perpetuals: a fraction of each position's notional that grows with the market's open
/// interest, in whole numbers from end to end. No position hedges another.
///
/// ``DydxTier``, ``DydxMarket`` and ``DydxRisk`` are the chain's integers; the case around them is in dollars.
/// `docs/methods/dydx-perpetual.md` has the formulas and sources.
public struct DydxPerpetual: MarginMethod, Equatable {
    public static let name = "dydx-perpetual"
    public static let facts = QuestionFacts.openInterest

    /// By name; the chain's genesis tiers.
    public var tiers = [
        "largeCap": DydxTier(initialMarginPpm: 50_000, maintenanceFractionPpm: 600_000),
        "smallCap": DydxTier(
            initialMarginPpm: 100_000, maintenanceFractionPpm: 500_000, openInterestLowerCap: 20_000_000_000_000,
            openInterestUpperCap: 50_000_000_000_000),
        "longTail": DydxTier(
            initialMarginPpm: 200_000, maintenanceFractionPpm: 500_000, openInterestLowerCap: 5_000_000_000_000,
            openInterestUpperCap: 10_000_000_000_000),
        "safety": DydxTier(initialMarginPpm: 1_000_000, maintenanceFractionPpm: 200_000),
    ]
    /// By symbol of the underlying.
    public var markets = [
        "BTC": DydxMarket(tier: "largeCap", atomicResolution: -10, priceExponent: -5),
        "ETH": DydxMarket(tier: "largeCap", atomicResolution: -9, priceExponent: -6),
        "SOL": DydxMarket(tier: "smallCap", atomicResolution: -7, priceExponent: -8),
    ]

    public init() {}

    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self.init()
        try read(parameters)
    }

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> DydxPerpetual {
        var copy = self
        try copy.read(parameters)
        return copy
    }

    private mutating func read(_ parameters: ParameterTree) throws(MethodFault) {
        let fields = try ParameterFields(parameters, names: ["tiers", "markets"])
        for (name, own) in try fields.tablesByName("tiers", names: DydxTier.names) {
            var tier = tiers[name] ?? DydxTier(initialMarginPpm: 1_000_000, maintenanceFractionPpm: 1_000_000)
            try tier.read(own)
            tiers[name] = tier
        }
        for (symbol, own) in try fields.tablesByName("markets", names: DydxMarket.names) {
            var market = markets[symbol] ?? DydxMarket(tier: "safety", atomicResolution: -6, priceExponent: -6)
            try market.read(own)
            guard tiers[market.tier] != nil else { throw own.wrong("tier", "there is no tier \(market.tier)") }
            markets[symbol] = market
        }
    }
}

extension DydxTier {
    static let names = [
        "initialMarginPpm", "maintenanceFractionPpm", "openInterestLowerCap", "openInterestUpperCap",
    ]

    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("initialMarginPpm", into: &initialMarginPpm, within: 0...1_000_000)
        try fields.read("maintenanceFractionPpm", into: &maintenanceFractionPpm, within: 0...1_000_000)
        let caps = 0...9_000_000_000_000_000
        try fields.read("openInterestLowerCap", into: &openInterestLowerCap, within: caps)
        try fields.read("openInterestUpperCap", into: &openInterestUpperCap, within: caps)
        guard openInterestLowerCap <= openInterestUpperCap else {
            throw fields.wrong("openInterestLowerCap", "the lower cap is above the upper one")
        }
    }
}

extension DydxMarket {
    static let names = ["tier", "atomicResolution", "priceExponent"]

    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("tier", into: &tier)
        try fields.read("atomicResolution", into: &atomicResolution, within: -20...20)
        try fields.read("priceExponent", into: &priceExponent, within: -20...20)
    }
}
