internal import CMarginKernels

/// Daily log returns, dates × factors: what a historical method knows of the past.
///
/// It is data that a method is given, never something it fetches. A factor may begin later than the first date (a coin
/// that was listed later); from there it has a return on every date, so that a scenario is the same day everywhere.
public struct FactorHistory: Equatable, Sendable {
    /// Ascending, `YYYY-MM-DD`: the day at whose end the returns are complete.
    public let dates: [String]
    /// Ascending.
    public let factors: [Factor]
    private let series: [Series]

    /// The returns of one factor.
    public struct Series: Equatable, Sendable {
        /// Place among the dates of its first return.
        public let first: Int
        /// To the last date.
        public let returns: [Double]

        public init(first: Int, returns: [Double]) {
            self.first = first
            self.returns = returns
        }
    }

    /// - Throws: dates out of order; a series that does not end with the dates, or has a return that is not a number or
    ///   beyond ``returnMax``.
    public init(dates: [String], series: [Factor: Series]) throws(MethodFault) {
        for (day, next) in zip(dates, dates.dropFirst()) where day >= next {
            throw .badParameter("history.dates", "\(next) comes after \(day)")
        }
        factors = series.keys.sorted()
        self.dates = dates
        var ordered: [Series] = []
        for factor in factors {
            guard let own = series[factor] else { continue }
            guard own.first >= 0, own.first + own.returns.count == dates.count else {
                throw .badParameter("history", "\(factor) has \(own.returns.count) returns for \(dates.count) dates")
            }
            for (place, value) in own.returns.enumerated() where !(abs(value) <= Self.returnMax) {
                throw .badParameter("history", "\(factor) on \(dates[own.first + place]) is \(value)")
            }
            ordered.append(own)
        }
        self.series = ordered
    }

    /// No dates and no factors.
    public static let empty = FactorHistory()

    private init() {
        dates = []
        factors = []
        series = []
    }

    /// - Precondition: factors ascend, and each series ends with the dates.
    init(dates: [String], factors: [Factor], ordered: [Series]) {
        self.dates = dates
        self.factors = factors
        series = ordered
    }

    /// A day on which a price became 22,000 times as large is a mistake in the data.
    public static let returnMax = 10.0

    public func series(_ factor: Factor) -> Series? {
        factors.firstIndex(of: factor).map { series[$0] }
    }

    /// Tenors in days of the volatilities that an underlying has, ascending.
    public func tenors(of underlying: String) -> [Int] {
        factors.compactMap { factor in
            if case .volatility(underlying, let days) = factor { days } else { nil }
        }
    }

    /// What was known at the end of the first `count` dates; factors that had not begun are left out.
    public func through(_ count: Int) -> FactorHistory {
        let known = factors.indices.filter { series[$0].first < count }
        return FactorHistory(
            dates: Array(dates.prefix(count)), factors: known.map { factors[$0] },
            ordered: known.map { place in
                Series(
                    first: series[place].first,
                    returns: Array(series[place].returns.prefix(count - series[place].first)))
            })
    }

    /// Log returns between prices on successive days: one fewer than prices.
    ///
    /// - Precondition: prices are positive.
    public static func returns(of prices: [Double]) -> [Double] {
        zip(prices, prices.dropFirst()).map { before, after in
            precondition(before > 0 && after > 0, "a price is positive")
            return mk_logarithm(after / before)
        }
    }
}
