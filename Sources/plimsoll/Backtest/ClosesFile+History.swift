import MarginMethods

extension ClosesFile {
    /// Returns of every coin from its first close on, as spot factors.
    ///
    /// - Parameter with: factors from elsewhere, on the same dates.
    /// - Throws: a coin without a close after its first.
    func history(with other: [Factor: FactorHistory.Series] = [:]) throws(UnreadableMarketData) -> FactorHistory {
        var series = other
        for (coin, closes) in closes {
            // A column without a close is no factor yet.
            guard let first = closes.firstIndex(where: { $0 != nil }) else { continue }
            series[.spot(coin)] = try returns(closes, from: first, coin)
        }
        do { return try FactorHistory(dates: Array(dates.dropFirst()), series: series) } catch {
            throw UnreadableMarketData(file: path, explanation: "\(error)")
        }
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
