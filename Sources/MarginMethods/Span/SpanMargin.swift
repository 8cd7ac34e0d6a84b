/// SPAN, the clearing houses' Standard Portfolio Analysis of Risk: per underlying the worst of sixteen scenarios, charges
/// for spreads in time, credits for spreads between underlyings, a minimum for sold options, and the options' value.
///
/// ``SpanCommodityRisk`` and ``SpanRequirement`` are the arithmetic on risk arrays, as published by exchanges; this type
/// makes the arrays of a case. `docs/methods/span.md` has the formulas, their sources, and what is from memory.
public struct SpanMargin: MarginMethod, Equatable {
    public static let name = "span"

    /// By symbol of the underlying.
    public var commodities = [
        "BTC": SpanCommodity(priceScanRange: 0.16), "ETH": SpanCommodity(priceScanRange: 0.2),
        "SOL": SpanCommodity(priceScanRange: 0.3),
    ]
    /// Between commodities, in order of priority.
    public var commoditySpreads: [SpanCommoditySpread] = []
    /// Price move of scenarios 15 and 16 in price scan ranges.
    public var extremeMultiple = 2.0
    /// Share of their loss that counts.
    public var extremeCover = 0.35
    /// Time that passes in every scenario, in days.
    public var lookAheadDays = 1.0
    /// Weights of the deltas at 0, ±1/3, ±2/3 and ±1 of the price scan range in the composite delta.
    public var deltaWeights = [0.27, 0.217, 0.11, 0.037]
    /// Initial over maintenance requirement.
    public var initialRatio = 1.1
    /// Share of a collateral's value that does not count, by asset.
    public var haircuts = ["BTC": 0.3, "ETH": 0.3, "USDC": 0.02, "USDT": 0.02]

    public init() {}

    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self.init()
        try read(parameters)
    }

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> SpanMargin {
        var copy = self
        try copy.read(parameters)
        return copy
    }

    var scenarios: [SpanScenario] {
        SpanScenario.all(extremeMultiple: extremeMultiple, extremeCover: extremeCover)
    }
}
