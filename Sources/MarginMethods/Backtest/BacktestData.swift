/// The past that models are tried on: returns of factors, and where implied volatilities stood.
public struct BacktestData: Sendable {
    public let history: FactorHistory
    /// At-the-money volatility by underlying at the end of each date, a fraction a year, to the last date.
    public let volatilities: [String: FactorHistory.Series]

    public init(_ history: FactorHistory, volatilities: [String: FactorHistory.Series] = [:]) {
        self.history = history
        self.volatilities = volatilities
    }

    /// Place of the first date that is not before a day.
    public func place(of date: String) -> Int {
        history.dates.firstIndex { $0 >= date } ?? history.dates.count
    }

    /// Log return of a factor over the days after a date; nil if the factor had not begun.
    func move(_ factor: Factor, after day: Int, days: Int) -> Double? {
        guard let series = history.series(factor), day >= series.first else { return nil }
        return series.returns[(day + 1 - series.first)...].prefix(days).reduce(0, +)
    }

    func volatility(of underlying: String, on day: Int) -> Double? {
        guard let series = volatilities[underlying], day >= series.first else { return nil }
        return series.returns[day - series.first]
    }
}
