/// One cell of the tables.
public struct DeribitScenario: Equatable, Sendable {
    /// What volatility does.
    public enum Volatility: String, Sendable, CaseIterable { case up, same, down }

    /// Place in the standard table, from 1 as published; the extended table counts on behind it.
    public let index: Int
    /// Fraction of the price.
    public let move: Double
    public let volatility: Volatility
}

/// The cells of an asset's two tables, and how a gain in one of them is weighed.
struct DeribitGrid {
    let asset: DeribitAsset
    let standard: [DeribitScenario]
    let extended: [DeribitScenario]

    /// Standard cells by rising price, at each price volatility up, same, down; then the extended moves, volatility up.
    init(_ asset: DeribitAsset, bucketsPerSide: Int, extendedMoves: [Double]) {
        self.asset = asset
        var cells: [DeribitScenario] = []
        for bucket in -bucketsPerSide...bucketsPerSide {
            let move = Double(bucket) / Double(bucketsPerSide) * asset.priceRange
            for volatility in DeribitScenario.Volatility.allCases {
                cells.append(DeribitScenario(index: cells.count + 1, move: move, volatility: volatility))
            }
        }
        standard = cells
        extended = extendedMoves.enumerated().map { place, move in
            DeribitScenario(index: cells.count + place + 1, move: move, volatility: .up)
        }
    }

    /// Price of the edge of the standard table on a move's side, as a multiple of the price.
    func edge(_ move: Double) -> Double { 1 + (move < 0 ? -asset.priceRange : asset.priceRange) }

    /// Share of a dollar gain that counts in the extended table: `extended_table_factor · R/|m|`.
    func extendedShare(_ move: Double) -> Double { asset.extendedFactor * (asset.priceRange / abs(move)) }

    /// A gain in coin at the moved price, weighed, as coin at the edge of the standard table.
    func extendedCoin(_ gain: Double, _ move: Double) -> Double {
        gain * extendedShare(move) * (1 + move) / edge(move)
    }

    /// `(max(|m|/R, 1) − 1) · extended_dampener`: dollars by which a cell of the extended table moves towards zero.
    func dampening(_ move: Double) -> Double {
        (max(abs(move) / asset.priceRange, 1) - 1) * asset.extendedDampener
    }

    func shocked(_ volatility: Double, _ scenario: DeribitScenario, days: Double) -> Double {
        switch scenario.volatility {
        case .up: asset.volatility.raised(volatility, days: days)
        case .same: volatility
        case .down: asset.volatility.lowered(volatility, days: days)
        }
    }
}
