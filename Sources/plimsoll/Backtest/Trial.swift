import MarginMethods

/// All models on one backtest.
struct Trial {
    let backtest: Backtest
    let models: [BacktestModel]
    let split: String
    let losses: [[Double]]
    /// By model and book.
    let paths: [[MarginPath]]
    /// The first day after the split.
    let splitPlace: Int

    init(
        _ backtest: Backtest, _ models: [BacktestModel], split: String, progress: (String) -> Void
    ) throws {
        self.backtest = backtest
        self.models = models
        self.split = split
        guard !backtest.days.isEmpty else {
            throw UnreadableMarketData(file: "closes", explanation: "no day from the first one asked for has a loss")
        }
        losses = try backtest.losses()
        var paths: [[MarginPath]] = []
        for model in models {
            progress(model.name)
            paths.append(try backtest.paths(model.rule, losses: losses))
        }
        self.paths = paths
        let dates = backtest.data.history.dates
        splitPlace = backtest.days.prefix { dates[$0] <= split }.count
    }

    private var periods: [(name: String, days: Range<Int>)] {
        let count = backtest.days.count
        return [
            ("all", 0..<count), ("to the split", 0..<splitPlace), ("after the split", splitPlace..<count),
        ].filter { !$0.1.isEmpty }
    }

    private func span(_ days: Range<Int>) -> BacktestReport.Span {
        let dates = backtest.data.history.dates
        return BacktestReport.Span(
            first: dates[backtest.days.lowerBound + days.lowerBound],
            last: dates[backtest.days.lowerBound + days.upperBound - 1], days: days.count)
    }

    func tables(_ kind: String) -> [BacktestReport.CoverageTable] {
        periods.map { period in
            BacktestReport.CoverageTable(
                kind: kind, period: period.name, span: span(period.days), holdingDays: backtest.holdingDays,
                isEqualised: false,
                rows: zip(models, paths).map { model, own in
                    BacktestReport.CoverageRow(
                        model.name, CoverageSummary(own.map { $0.slice(period.days) }), books: backtest.books)
                })
        }
    }

    /// Every model with the one multiplier that brings it to the same coverage before the split.
    func equalTables(_ kind: String) -> [BacktestReport.CoverageTable] {
        // Without days on both sides of the split there is nothing to choose on, or to judge.
        guard periods.count == 3 else { return [] }
        let multipliers = paths.map { own in EqualCoverage().multiplier(own.map { $0.slice(0..<splitPlace) }) }
        return periods.dropFirst().map { period in
            BacktestReport.CoverageTable(
                kind: kind, period: period.name, span: span(period.days), holdingDays: backtest.holdingDays,
                isEqualised: true,
                rows: models.indices.map { place in
                    let own = paths[place].map { $0.slice(period.days).scaled(by: multipliers[place]) }
                    return BacktestReport.CoverageRow(
                        models[place].name, CoverageSummary(own), books: backtest.books,
                        multiplier: multipliers[place])
                })
        }
    }

    var bookRows: [BacktestReport.BookRow] {
        zip(models, paths).flatMap { model, own in
            zip(backtest.books, own).map { BacktestReport.BookRow(model.name, $0.name, $1) }
        }
    }

    var crashRows: [BacktestReport.CrashRow] {
        zip(models, paths).flatMap { model, own in
            CrashWindow.all.compactMap { window in
                window.outcome(own, of: backtest).map { outcome in
                    BacktestReport.CrashRow(
                        model: model.name, window: window.name, exceedances: outcome.exceedances,
                        worstShortfall: outcome.worstShortfall, rise: outcome.rise)
                }
            }
        }
    }

    /// Historical models at 97.5 %, the confidence for which the test was made, without their stressed part.
    func forecastRows() throws -> [BacktestReport.ForecastRow] {
        var rows: [BacktestReport.ForecastRow] = []
        for model in models {
            guard case .historical(let parameters, _) = model.rule,
                model.name != BacktestModel.maintenanceShortfall.name
            else { continue }
            let forecast = try ShortfallForecast(backtest, parameters, confidence: 0.975, losses: losses)
            rows.append(
                BacktestReport.ForecastRow(
                    model: model.name, confidence: 0.975, statistics: forecast.statistics, windows: forecast.windows,
                    rejected: forecast.rejected))
        }
        return rows
    }

    /// Books of one perpetual on the days whose extremes are known.
    func intradayRows(_ extremes: IntradayExtremes) -> [BacktestReport.IntradayRow] {
        zip(models, paths).map { model, own in
            let ways = backtest.worstOnTheWay(extremes, margins: own.map(\.margins), losses: losses)
            return BacktestReport.IntradayRow(
                model: model.name, first: extremes.dates.first ?? "", last: extremes.dates.last ?? "",
                bookDays: ways.reduce(0) { $0 + $1.atClose.margins.count },
                exceededAtClose: ways.reduce(0) { $0 + $1.atClose.exceedanceCount },
                exceededOnTheWay: ways.reduce(0) { $0 + $1.onTheWay.exceedanceCount },
                worstAtClose: ways.reduce(0.0) { max($0, $1.atClose.worstShortfall) },
                worstOnTheWay: ways.reduce(0.0) { max($0, $1.onTheWay.worstShortfall) })
        }
    }
}
