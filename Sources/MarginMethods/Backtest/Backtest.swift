internal import MarginModel

/// Books and days on which models are tried: margin set at the close, loss by the close `holdingDays` later.
public struct Backtest: Sendable {
    public let data: BacktestData
    public let books: [StandardBook]
    /// Places of the dates at whose close margin is set.
    public let days: Range<Int>
    public let holdingDays: Int

    /// - Parameter from: first date of margins; the last is the last one whose loss is known.
    public init(_ data: BacktestData, _ books: [StandardBook], from: String, holdingDays: Int = 1) {
        self.data = data
        self.books = books
        let first = data.place(of: from)
        days = first..<max(first, data.history.dates.count - holdingDays)
        self.holdingDays = holdingDays
    }

    /// Losses by book and day; positive = loss.
    public func losses() throws(MethodFault) -> [[Double]] {
        var all: [[Double]] = []
        for book in books {
            var losses: [Double] = []
            losses.reserveCapacity(days.count)
            for day in days { losses.append(try book.loss(after: day, days: holdingDays, data)) }
            all.append(losses)
        }
        return all
    }

    /// Margins by book and day.
    ///
    /// Historical rules see a holding period of ``holdingDays``; grids are not scaled by it.
    public func margins(_ rule: BacktestModel.Rule) throws(MethodFault) -> [[Double]] {
        switch rule {
        case .defaultModel(let grid):
            return try eachQuestion { question throws(MethodFault) in try grid.answer(question).initialMargin }
        case .dynamicModel(let grid): return try DynamicMargins(backtest: self, grid: grid).margins()
        case .fixedRange(let range):
            return try eachQuestion { question throws(MethodFault) in try range.margin(question) }
        case .historical(let parameters, let confidence):
            var held = parameters
            held.holdingDays = holdingDays
            return try HistoricalMargins(self, held).margins(confidence: confidence)
        case .share(let share, let other):
            return try margins(other).map { $0.map { share * $0 } }
        case .largest(let rules):
            var largest: [[Double]] = []
            for rule in rules {
                let own = try margins(rule)
                largest = largest.isEmpty ? own : zip(largest, own).map { zip($0, $1).map { max($0, $1) } }
            }
            return largest
        }
    }

    /// Margins and losses of every book.
    public func paths(_ rule: BacktestModel.Rule, losses: [[Double]]) throws(MethodFault) -> [MarginPath] {
        zip(try margins(rule), losses).map { MarginPath(margins: $0, losses: $1) }
    }

    private func eachQuestion(
        _ margin: (MarginCase) throws(MethodFault) -> Double
    ) throws(MethodFault) -> [[Double]] {
        var all: [[Double]] = []
        for book in books {
            if book.isLinear {
                // Struck anew at a spot of 1, the question is the same on every day.
                let own = try margin(try book.question(on: days.lowerBound, data))
                all.append(Array(repeating: own, count: days.count))
                continue
            }
            var margins: [Double] = []
            for day in days { margins.append(try margin(try book.question(on: day, data))) }
            all.append(margins)
        }
        return all
    }
}
