/// One setting of expected shortfall at equal coverage: what it cost and how it moved.
public struct FrontierPoint: Equatable, Sendable {
    public let decay: Double
    public let lookBackDays: Int
    public let stressWeight: Double
    public let scaling: VolatilityFilter.Scaling
    public let limit: Double
    public let confidence: Double
    /// Set on the days before the split.
    public let multiplier: Double
    /// With it, before the split and after.
    public let before: CoverageSummary
    public let after: CoverageSummary
}

/// The settings of expected shortfall between which the default was chosen.
public enum Frontier {
    static let decays = [0.94, 0.97, 0.99]
    static let lookBacks = [365, 730, 1095]
    static let stressWeights = [0, 0.25, 0.5]
    static let confidences = [0.975, 0.99]

    /// Filters: unfiltered once, others by decay, scaling and limit.
    static var filters: [VolatilityFilter] {
        var plain = VolatilityFilter()
        (plain.scaling, plain.limit) = (.none, 0)
        var list = [plain]
        for decay in decays {
            for scaling in [VolatilityFilter.Scaling.half, .full] {
                for limit in [0.0, 3] {
                    var filter = VolatilityFilter()
                    (filter.decay, filter.scaling, filter.limit) = (decay, scaling, limit)
                    list.append(filter)
                }
            }
        }
        return list
    }

    /// Every setting, in a fixed order.
    ///
    /// - Parameter split: days of the backtest before which multipliers are set.
    public static func points(
        _ backtest: Backtest, losses: [[Double]], split: Int, coverage: EqualCoverage = EqualCoverage()
    ) throws(MethodFault) -> [FrontierPoint] {
        let tails = confidences.map { HistoricalMargins.TailPoint(statistic: .shortfall, confidence: $0) }
        var stressed: [[[Double]]] = []
        for tail in tails { stressed.append(try HistoricalMargins(backtest, ShortfallParameters()).stressed(tail)) }
        var points: [FrontierPoint] = []
        for filter in filters {
            for lookBack in lookBacks {
                var parameters = ShortfallParameters()
                (parameters.filter, parameters.lookBackDays) = (filter, lookBack)
                let filtered = try HistoricalMargins(backtest, parameters).filtered(tails)
                for (place, tail) in tails.enumerated() {
                    for weight in stressWeights {
                        let paths = losses.indices.map { book in
                            MarginPath(
                                margins: zip(filtered[place][book], stressed[place][book]).map {
                                    max(0, (1 - weight) * $0 + weight * $1)
                                }, losses: losses[book])
                        }
                        let before = paths.map { $0.slice(0..<split) }
                        let multiplier = coverage.multiplier(before)
                        let after = paths.map { $0.slice(split..<$0.margins.count).scaled(by: multiplier) }
                        points.append(
                            FrontierPoint(
                                decay: filter.decay, lookBackDays: lookBack, stressWeight: weight,
                                scaling: filter.scaling, limit: filter.limit, confidence: tail.confidence,
                                multiplier: multiplier,
                                before: CoverageSummary(before.map { $0.scaled(by: multiplier) }),
                                after: CoverageSummary(after)))
                    }
                }
            }
        }
        return points
    }
}
