import MarginMethods
import MarginModel

/// Everything that `plimsoll backtest` tries, in the order in which it is printed.
struct BacktestRun {
    let folder: MarketDataFolder
    let grid: DefaultGrid
    /// Of the mutual pools.
    let terms: MutualTerms
    /// Last date of the days on which parameters were chosen.
    let split: String
    /// First date of margins of linear books, and of options.
    let from: String
    let optionsFrom: String
    /// Whether every setting of the frontier is tried.
    let withFrontier: Bool

    func report(notes: [String], progress: (String) -> Void) throws -> BacktestReport {
        let linear = try folder.linear()
        let books = StandardBook.linear(MarketDataFolder.coins)
        let dates = linear.history.dates
        var report = BacktestReport(
            command: "plimsoll backtest\(withFrontier ? " --frontier" : "")",
            data: BacktestReport.Span(first: dates.first ?? "", last: dates.last ?? "", days: dates.count),
            split: split, notes: notes)
        for holdingDays in [1, 2] {
            let backtest = Backtest(linear, books, from: from, holdingDays: holdingDays)
            let trial = try Trial(backtest, BacktestModel.all(grid), split: split) {
                progress("linear books, \(holdingDays) d: \($0)")
            }
            report.coverage += trial.tables("linear")
            if holdingDays == 1 {
                report.coverage += trial.equalTables("linear")
                report.books = trial.bookRows
                report.crashes = trial.crashRows
                report.forecasts = try trial.forecastRows()
                if let extremes = try folder.extremes() { report.intraday = trial.intradayRows(extremes) }
                if !trial.equalTables("linear").isEmpty {
                    report.dynamics = try dynamics(trial, progress)
                }
                if withFrontier, !trial.equalTables("linear").isEmpty {
                    progress("frontier")
                    report.frontier = try Frontier.points(backtest, losses: trial.losses, split: trial.splitPlace)
                        .map { BacktestReport.FrontierRow($0, books: books) }
                }
            }
        }
        let chosen = BacktestModel.initialShortfall
        for pool in PoolStudy.pools {
            progress("pool \(pool.name)")
            report.pools.append(try Self.study(pool, linear, from: from, chosen.rule))
        }
        for pool in PoolStudy.pools {
            progress("mutual pool \(pool.name)")
            let days = try MutualDays(pool.members, linear, from: from, terms: terms, grid: grid)
            report.mutual.append(BacktestReport.MutualRow(MutualStudy(pool.name, days)))
        }
        let options = try folder.options()
        for holdingDays in [1, 2] {
            let backtest = Backtest(
                options, StandardBook.options("BTC"), from: optionsFrom, holdingDays: holdingDays)
            let trial = try Trial(backtest, BacktestModel.all(grid), split: split) {
                progress("options, \(holdingDays) d: \($0)")
            }
            report.coverage += trial.tables("options")
            if holdingDays == 1 { report.books += trial.bookRows }
        }
        return report
    }

    private func dynamics(
        _ trial: Trial, _ progress: (String) -> Void
    ) throws -> [BacktestReport.DynamicRow] {
        try DynamicSetting.all.map { setting in
            progress("dynamic ranges: \(setting.name)")
            let point = try DynamicPoint(
                setting, trial.backtest, grid, losses: trial.losses, split: trial.splitPlace)
            return BacktestReport.DynamicRow(point, books: trial.backtest.books)
        }
    }

    private static func study(
        _ pool: (name: String, members: [StandardBook]), _ data: BacktestData, from: String,
        _ rule: BacktestModel.Rule
    ) throws -> BacktestReport.PoolRow {
        let netted = Backtest(data, [PoolStudy.netted(pool.name, pool.members)], from: from)
        let alone = Backtest(data, pool.members, from: from)
        return BacktestReport.PoolRow(
            PoolStudy(
                pool.name, pool: try netted.paths(rule, losses: try netted.losses())[0],
                members: try alone.paths(rule, losses: try alone.losses())))
    }
}
