/// Lowest and highest price of a coin on each of some days: what a close hides.
public struct IntradayExtremes: Equatable, Sendable {
    /// Ascending.
    public let dates: [String]
    /// By coin, for each date, as factors of the close of the day before.
    public let lows: [String: [Double]]
    public let highs: [String: [Double]]

    public init(dates: [String], lows: [String: [Double]], highs: [String: [Double]]) {
        self.dates = dates
        self.lows = lows
        self.highs = highs
    }
}

extension Backtest {
    /// Books of one perpetual on the days that have extremes: margin at the close before, and the worst loss on the way.
    ///
    /// - Parameter margins: of every book, by day.
    /// - Returns: paths with the loss at the close, and with the worst one, book by book.
    public func worstOnTheWay(
        _ extremes: IntradayExtremes, margins: [[Double]], losses: [[Double]]
    ) -> [(atClose: MarginPath, onTheWay: MarginPath)] {
        var paths: [(atClose: MarginPath, onTheWay: MarginPath)] = []
        for (book, own) in books.enumerated() {
            guard own.legs.count == 1, case .perpetual(let coin, let size) = own.legs[0],
                let lows = extremes.lows[coin],
                let highs = extremes.highs[coin]
            else { continue }
            var known: (margins: [Double], losses: [Double], worst: [Double]) = ([], [], [])
            for (place, date) in extremes.dates.enumerated() {
                let day = data.place(of: date) - 1
                guard days.contains(day), data.history.dates[day + 1] == date else { continue }
                known.margins.append(margins[book][day - days.lowerBound])
                known.losses.append(losses[book][day - days.lowerBound])
                known.worst.append(max(size * (1 - lows[place]), size * (1 - highs[place])))
            }
            paths.append(
                (
                    MarginPath(margins: known.margins, losses: known.losses),
                    MarginPath(margins: known.margins, losses: known.worst)
                ))
        }
        return paths
    }
}
