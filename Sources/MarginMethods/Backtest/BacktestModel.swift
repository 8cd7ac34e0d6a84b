/// A way of setting margin that is tried on the past.
public struct BacktestModel: Sendable {
    public let name: String
    public let rule: Rule

    public init(_ name: String, _ rule: Rule) {
        self.name = name
        self.rule = rule
    }

    /// What a margin is computed with.
    public indirect enum Rule: Sendable {
        /// Initial margin of the default model.
        case defaultModel(DefaultGrid)
        /// The same with ranges that follow the market.
        case dynamicModel(DefaultGrid)
        case fixedRange(FixedRange)
        /// Shortfall (or value at risk) alone, at one confidence.
        case historical(ShortfallParameters, confidence: Double)
        /// A share of another rule's.
        case share(Double, Rule)
        /// The largest of several.
        case largest([Rule])
    }
}

extension BacktestModel {
    /// Returns as they were, equal weights, the boundary loss of one year.
    public static let plainValueAtRisk: BacktestModel = {
        var parameters = unfiltered
        (parameters.statistic, parameters.lookBackDays) = (.valueAtRisk, 365)
        return BacktestModel("plain VaR 99 %, 1 year", .historical(parameters, confidence: 0.99))
    }()

    /// Returns as they were, two years.
    public static let plainShortfall = BacktestModel(
        "plain ES 99 %, 2 years", .historical(unfiltered, confidence: 0.99))

    /// As clearing houses filter: full scaling, no limit, no stress.
    public static let filteredShortfall: BacktestModel = {
        var parameters = ShortfallParameters()
        (parameters.filter.scaling, parameters.filter.limit, parameters.stress.weight) = (.full, 0, 0)
        return BacktestModel("filtered ES 99 %, EWMA 0.97", .historical(parameters, confidence: 0.99))
    }()

    /// The method `expected-shortfall` with its defaults, initial and maintenance margin.
    public static let initialShortfall = BacktestModel(
        "expected-shortfall IM (ES 99 %)", .historical(ShortfallParameters(), confidence: 0.99))
    public static let maintenanceShortfall = BacktestModel(
        "expected-shortfall MM (ES 97.5 %)", .historical(ShortfallParameters(), confidence: 0.975))

    private static var unfiltered: ShortfallParameters {
        var parameters = ShortfallParameters()
        (parameters.filter.scaling, parameters.stress.weight) = (.none, 0)
        return parameters
    }

    /// Those that are compared, around the default model.
    public static func all(_ grid: DefaultGrid) -> [BacktestModel] {
        [
            BacktestModel("plimsoll grid IM", .defaultModel(grid)),
            BacktestModel("Deribit-style grid IM", .fixedRange(.deribitStyle)),
            BacktestModel("OKX-style range", .fixedRange(.okxStyle)),
            plainValueAtRisk, plainShortfall, filteredShortfall, maintenanceShortfall, initialShortfall,
            BacktestModel(
                "larger of ES 99 % and half the grid",
                .largest([initialShortfall.rule, .share(0.5, .defaultModel(grid))])),
        ]
    }
}
