import MarginDomain
import MarginMethods

extension ClosesFile {
    /// Returns of every column from its first close on: a coin's as its spot, one that is called `BTC:30` as the
    /// volatility of BTC at 30 days.
    ///
    /// - Parameter with: factors from elsewhere, on the same dates.
    /// - Throws: a column without a close after its first, or with a tenor that is none.
    func history(with other: [Factor: FactorHistory.Series] = [:]) throws(UnreadableMarketData) -> FactorHistory {
        var series = other
        for (coin, closes) in closes {
            // A column without a close is no factor yet.
            guard let first = closes.firstIndex(where: { $0 != nil }) else { continue }
            series[try factor(coin)] = try returns(closes, from: first, coin)
        }
        do { return try FactorHistory(dates: Array(dates.dropFirst()), series: series) } catch {
            throw UnreadableMarketData(file: path, explanation: "\(error)")
        }
    }

    private func factor(_ column: String) throws(UnreadableMarketData) -> Factor {
        guard let colon = column.lastIndex(of: ":") else { return .spot(column) }
        guard let days = UInt16(column[column.index(after: colon)...]), (1...EngineLimits.tenorDaysMax).contains(days)
        else { throw wrong("\(column): expected a tenor in days after the colon, such as BTC:30") }
        return .volatility(String(column[..<colon]), days: Int(days))
    }

    /// The first return is on the date after the first close, whose place among the dates with returns is the close's.
    private func returns(
        _ closes: [Double?], from first: Int, _ coin: String
    ) throws(UnreadableMarketData) -> FactorHistory.Series {
        var prices: [Double] = []
        for (place, close) in closes.enumerated().dropFirst(first) {
            guard let close else {
                throw UnreadableMarketData(file: path, explanation: "no close of \(coin) on \(dates[place])")
            }
            prices.append(close)
        }
        return FactorHistory.Series(first: first, returns: FactorHistory.returns(of: prices))
    }
}
