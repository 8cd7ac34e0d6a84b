/// What Deribit sets for one asset: the rows `currency_pair` and `currency` of its `pme/simulate` response together.
///
/// The defaults are those of the response that docs.deribit.com shows for BTC (June 2024).
public struct DeribitAsset: Equatable, Sendable {
    /// `price_range` R: the standard table reaches from −R to +R, a fraction of the price.
    public var priceRange = 0.16
    /// `volatility_range_up`, `…_down`, `min_volatility_for_shock_up`, `short_term_vega_power`, `long_term_vega_power`.
    public var volatility = TermShock(
        up: 0.5, down: 0.25, volatilityFloor: 0.5, shortPower: 0.3, longPower: 0.13, dayFloor: 1)
    /// `extended_table_factor`.
    public var extendedFactor = 1.0
    /// `extended_dampener`, in dollars.
    public var extendedDampener = 100_000.0
    /// `pnl_offset`: the share of a gain that counts.
    public var gainShare = 0.0
    /// `max_offsetable_pnl`: the most of a gain that counts, in dollars.
    public var gainMax = 0.0
    /// `min_annualised_move`: least rate of the roll shock.
    public var rollRateMin = 0.01
    /// `annualised_move_risk`.
    public var rollRisk = 0.075
    /// `m_inc`: rise of the delta shock's rate per coin beyond the threshold.
    public var deltaStep = 0.00005
    /// `delta_total_liq_shock_threshold`, in dollars.
    public var deltaThreshold = 20_000_000.0
    /// `max_delta_shock`: highest rate of the delta shock.
    public var deltaRateMax = 0.1
    /// `equity_side_impact`.
    public var equityImpact = EquityImpact.both

    /// Whether moves of the price shock the equity that is held in the coin.
    public enum EquityImpact: String, CaseIterable, Sendable { case both, none }

    public init() {}

    /// ETH as in a response of 15 February 2026.
    static let ether: DeribitAsset = {
        var asset = DeribitAsset()
        asset.priceRange = 0.18
        asset.volatility.up = 0.4
        asset.extendedDampener = 200_000
        asset.gainShare = 0.6
        asset.gainMax = 20_000_000
        asset.rollRateMin = 0.005
        asset.rollRisk = 0.05
        asset.deltaStep = 0.000004
        return asset
    }()
}

extension DeribitAsset {
    static let names = [
        "priceRange", "volatilityRangeUp", "volatilityRangeDown", "minVolatilityForShockUp", "shortTermVegaPower",
        "longTermVegaPower", "dayFloor", "extendedTableFactor", "extendedDampener", "pnlOffset", "maxOffsetablePnl",
        "minAnnualisedMove", "annualisedMoveRisk", "mInc", "deltaTotalLiqShockThreshold", "maxDeltaShock",
        "equitySideImpact",
    ]

    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("priceRange", into: &priceRange, within: 0.001...0.95)
        try fields.read("volatilityRangeUp", into: &volatility.up, within: 0...10)
        try fields.read("volatilityRangeDown", into: &volatility.down, within: 0...10)
        try fields.read("minVolatilityForShockUp", into: &volatility.volatilityFloor, within: 0...10)
        try fields.read("shortTermVegaPower", into: &volatility.shortPower, within: 0...2)
        try fields.read("longTermVegaPower", into: &volatility.longPower, within: 0...2)
        try fields.read("dayFloor", into: &volatility.dayFloor, within: 0.001...400)
        try fields.read("extendedTableFactor", into: &extendedFactor, within: 0...10)
        try fields.read("extendedDampener", into: &extendedDampener, within: 0...1e12)
        try fields.read("pnlOffset", into: &gainShare, within: 0...1)
        try fields.read("maxOffsetablePnl", into: &gainMax, within: 0...1e12)
        try fields.read("minAnnualisedMove", into: &rollRateMin, within: 0...1)
        try fields.read("annualisedMoveRisk", into: &rollRisk, within: 0...10)
        try fields.read("mInc", into: &deltaStep, within: 0...1)
        try fields.read("deltaTotalLiqShockThreshold", into: &deltaThreshold, within: 0...1e12)
        try fields.read("maxDeltaShock", into: &deltaRateMax, within: 0...1)
        try fields.read("equitySideImpact", into: &equityImpact)
    }
}
