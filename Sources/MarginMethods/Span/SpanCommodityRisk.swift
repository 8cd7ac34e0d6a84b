/// The risk of one combined commodity and its parts, in dollars.
public struct SpanCommodityRisk: Equatable, Sendable {
    public let commodity: String
    /// Loss of the whole position in each scenario.
    public let losses: [Double]
    /// Scanning risk: the largest of them, never negative.
    public let scan: Double
    /// The scenario that sets it, from 1; the lowest among equals. Nil if none loses.
    public let scenario: Int?
    /// Of all positions together.
    public let netDelta: Double
    /// Intra-commodity (time) spread charge.
    public let timeSpreadCharge: Double
    /// Inter-commodity spread credit.
    public internal(set) var spreadCredit = 0.0
    public let shortOptionMinimum: Double
    /// Value of all options, negative where more is sold.
    public let netOptionValue: Double

    /// What must be covered: `max(scan + time spreads − credits, short option minimum)`.
    public var risk: Double { max(scan + timeSpreadCharge - spreadCredit, shortOptionMinimum) }

    /// Loss of the worst scenario averaged with its pair's, which differs in volatility alone.
    public let volatilityAdjusted: Double
    /// Loss from the passing of time: scenarios 1 and 2 averaged.
    public var timeRisk: Double { (losses[0] + losses[1]) / 2 }
    /// What is left of the scanning risk for the price: the basis of spread credits, never negative.
    public var priceRisk: Double { max(0, volatilityAdjusted - timeRisk) }
    /// Weighted futures price risk: ``priceRisk`` of one net delta; 0 without one.
    public var weightedPriceRisk: Double { netDelta == 0 ? 0 : priceRisk / abs(netDelta) }

    public init(_ commodity: String, _ positions: [SpanPosition], _ terms: SpanCommodity, spot: Double) {
        self.commodity = commodity
        var losses = [Double](repeating: 0, count: SpanScenario.count)
        for position in positions {
            for (place, loss) in position.array.losses.enumerated() { losses[place] += position.quantity * loss }
        }
        self.losses = losses
        let largest = losses.max() ?? 0
        scan = max(0, largest)
        let worst = largest > 0 ? losses.firstIndex(of: largest).map { $0 + 1 } : nil
        scenario = worst
        volatilityAdjusted = worst.map { (largest + losses[SpanScenario.pair(of: $0) - 1]) / 2 } ?? 0
        netDelta = positions.reduce(0.0) { $0 + $1.quantity * $1.array.delta }
        timeSpreadCharge = SpanTimeDeltas(positions, terms).charge(terms, spot: spot)
        shortOptionMinimum = Self.shortOptionMinimum(positions, terms, spot: spot)
        netOptionValue = positions.reduce(0.0) { $0 + $1.quantity * ($1.optionValue ?? 0) }
    }

    private static func shortOptionMinimum(
        _ positions: [SpanPosition], _ terms: SpanCommodity, spot: Double
    ) -> Double {
        let sold = positions.filter { $0.optionValue != nil && $0.quantity < 0 }
        let calls = sold.filter(\.isCall).reduce(0.0) { $0 - $1.quantity }
        let puts = sold.filter { !$0.isCall }.reduce(0.0) { $0 - $1.quantity }
        let count = terms.shortOptionMethod == .gross ? calls + puts : max(calls, puts)
        return count * terms.dollars(terms.shortOptionMinimum, spot: spot)
    }
}

/// Long and short deltas of a commodity by tier: the net of each expiry counts on its side.
private struct SpanTimeDeltas {
    private var long: [Double]
    private var short: [Double]

    init(_ positions: [SpanPosition], _ terms: SpanCommodity) {
        let count = max(1, terms.tiers.count)
        (long, short) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var byExpiry: [Double: Double] = [:]
        for position in positions { byExpiry[position.days, default: 0] += position.quantity * position.array.delta }
        for (days, delta) in byExpiry.sorted(by: { $0.key < $1.key }) {
            guard let tier = terms.tier(days: days) else { continue }
            if delta > 0 { long[tier - 1] += delta } else { short[tier - 1] -= delta }
        }
    }

    /// Spreads are formed in order of priority, each from what the ones before have left.
    func charge(_ terms: SpanCommodity, spot: Double) -> Double {
        var left = self
        var sum = 0.0
        for spread in terms.timeSpreads {
            let (first, second) = (spread.first - 1, spread.second - 1)
            var formed = left.form(long: first, short: second)
            if first != second { formed += left.form(long: second, short: first) }
            sum += formed * terms.dollars(spread.charge, spot: spot)
        }
        return sum
    }

    private mutating func form(long first: Int, short second: Int) -> Double {
        let formed = min(long[first], short[second])
        long[first] -= formed
        short[second] -= formed
        return formed
    }
}
