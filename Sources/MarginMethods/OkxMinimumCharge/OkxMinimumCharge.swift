/// OKX's minimum charge (MR7), a floor under any requirement: what it would cost to close the positions, multiplied by
/// a factor that grows with the amount, since large positions move the market.
///
/// Source: OKX notices on scaling factors (help centre 4417291853837, with the worked example that the tests hold) and
/// of 2 January 2025 on portfolio margin parameters.
public struct OkxMinimumCharge: Equatable, Sendable {
    /// Multipliers of slices of the raw charge, in dollars.
    public var multipliers: MarginalTiers

    public init(_ multipliers: MarginalTiers) { self.multipliers = multipliers }

    /// MR7 after scaling, in dollars.
    ///
    /// - Parameter raw: fees and slippage of closing everything, in dollars.
    public func scaled(_ raw: Double) -> Double { multipliers.amount(of: raw) }

    /// The requirement with the floor: `max(MR, MR7)`.
    public func floored(_ requirement: Double, raw: Double) -> Double { max(requirement, scaled(raw)) }

    /// BTC and ETH until 15 January 2025.
    public static let until2025 = OkxMinimumCharge(
        MarginalTiers([
            MarginalTiers.Tier(upTo: 10_000, rate: 1), MarginalTiers.Tier(upTo: 70_000, rate: 2),
            MarginalTiers.Tier(upTo: 170_000, rate: 4), MarginalTiers.Tier(upTo: 300_000, rate: 6),
            MarginalTiers.Tier(upTo: 470_000, rate: 8), MarginalTiers.Tier(upTo: 700_000, rate: 10),
            MarginalTiers.Tier(upTo: .infinity, rate: 12),
        ]))

    /// From 15 January 2025 (from a secondary source).
    public static let since2025 = OkxMinimumCharge(
        MarginalTiers([
            MarginalTiers.Tier(upTo: 250_000, rate: 1), MarginalTiers.Tier(upTo: 500_000, rate: 2),
            MarginalTiers.Tier(upTo: 1_000_000, rate: 4), MarginalTiers.Tier(upTo: 2_000_000, rate: 6),
            MarginalTiers.Tier(upTo: 3_000_000, rate: 8), MarginalTiers.Tier(upTo: 4_000_000, rate: 10),
            MarginalTiers.Tier(upTo: .infinity, rate: 12),
        ]))
}
