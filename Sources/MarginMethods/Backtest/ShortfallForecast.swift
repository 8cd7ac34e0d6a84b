/// Forecasts of value at risk and expected shortfall, judged against the losses that came.
public struct ShortfallForecast: Equatable, Sendable {
    /// Acerbi and Szekely's second statistic over all days, by book.
    public let statistics: [Double]
    /// Full windows of 250 days, all books together, and those of them below the critical value.
    public let windows: Int
    public let rejected: Int

    /// Of a method's filtered part, without stress: linear books.
    ///
    /// - Throws: books with options, or too short a history.
    public init(
        _ backtest: Backtest, _ parameters: ShortfallParameters, confidence: Double, losses: [[Double]]
    ) throws(MethodFault) {
        var held = parameters
        held.holdingDays = backtest.holdingDays
        let points = ShortfallParameters.Statistic.allCases.map {
            HistoricalMargins.TailPoint(statistic: $0, confidence: confidence)
        }
        let forecasts = try HistoricalMargins(backtest, held).filtered(points)
        var statistics: [Double] = []
        var windows: [Double] = []
        for book in losses.indices {
            let (shortfalls, values) = (forecasts[0][book], forecasts[1][book])
            statistics.append(
                ShortfallTest.statistic(
                    losses: losses[book], valuesAtRisk: values, shortfalls: shortfalls, confidence: confidence))
            windows += ShortfallTest.windows(
                losses: losses[book], valuesAtRisk: values, shortfalls: shortfalls, confidence: confidence)
        }
        self.statistics = statistics
        self.windows = windows.count
        rejected = windows.count { $0 < ShortfallTest.criticalValue }
    }
}
