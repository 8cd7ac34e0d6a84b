internal import MarginModel

/// Margins of a historical method on every day of a backtest, each from what was known on that day.
///
/// Linear books are sums of their coins' loss vectors, which are the same at every strike of the book; only the filter
/// changes from day to day. Other books ask the method itself.
struct HistoricalMargins {
    let backtest: Backtest
    let parameters: ShortfallParameters

    init(_ backtest: Backtest, _ parameters: ShortfallParameters) {
        self.backtest = backtest
        self.parameters = parameters
    }

    /// A number that is read off a tail.
    struct TailPoint {
        let statistic: ShortfallParameters.Statistic
        let confidence: Double
    }

    func margins(confidence: Double) throws(MethodFault) -> [[Double]] {
        guard isLinear else { return try wholeMargins(confidence: confidence) }
        let point = TailPoint(statistic: parameters.statistic, confidence: confidence)
        let filtered = try filtered([point])[0]
        guard parameters.stress.weight > 0 else { return filtered.map { $0.map { max(0, $0) } } }
        let stressed = try stressed(point)
        let weight = parameters.stress.weight
        return zip(filtered, stressed).map { own, stress in
            zip(own, stress).map { max(0, (1 - weight) * $0 + weight * $1) }
        }
    }

    /// Whether the short way gives what the method gives.
    private var isLinear: Bool {
        backtest.books.allSatisfy(\.isLinear) && parameters.stress.from.isEmpty && parameters.stress.floor == 0
            && parameters.longRunFloor == 0
    }

    /// Through the method, account by account.
    func wholeMargins(confidence: Double) throws(MethodFault) -> [[Double]] {
        var all = Array(repeating: [Double](), count: backtest.books.count)
        for day in backtest.days {
            let method = ExpectedShortfall(parameters, history: backtest.data.history.through(day + 1))
            for (place, book) in backtest.books.enumerated() {
                let vectors = try method.losses(of: try book.question(on: day, backtest.data))
                all[place].append(try method.requirement(vectors, confidence: confidence).amount)
            }
        }
        return all
    }

    /// Tail points of the filtered losses: by point, book and day.
    func filtered(_ points: [TailPoint]) throws(MethodFault) -> [[[Double]]] {
        var all = Array(repeating: Array(repeating: [Double](), count: backtest.books.count), count: points.count)
        for day in backtest.days {
            let history = backtest.data.history.through(day + 1)
            var moves: [String: ScenarioRun] = [:]
            for symbol in Set(backtest.books.flatMap(\.underlyings)) {
                moves[symbol] =
                    ScenarioMoves(
                        symbol, of: history, last: parameters.lookBackDays, holdingDays: parameters.holdingDays
                    ) { parameters.filter.scaled($0.returns) }?.forward
            }
            for (place, book) in backtest.books.enumerated() {
                let losses = try losses(of: book, moves).losses
                guard losses.count >= parameters.scenariosMin else {
                    throw .missing("a history of \(parameters.scenariosMin) dates (there are \(losses.count))")
                }
                for (number, point) in points.enumerated() {
                    all[number][place].append(
                        point.statistic.value(losses, confidence: point.confidence, parameters.tail))
                }
            }
        }
        return all
    }

    /// The worst window's unfiltered tail point up to each day: by book and day.
    func stressed(_ point: TailPoint) throws(MethodFault) -> [[Double]] {
        var moves: [String: ScenarioRun] = [:]
        for symbol in Set(backtest.books.flatMap(\.underlyings)) {
            moves[symbol] =
                ScenarioMoves(
                    symbol, of: backtest.data.history, last: nil, holdingDays: parameters.holdingDays
                ) { $0.returns }?.forward
        }
        let window = WorstWindow(
            days: parameters.stress.days, confidence: point.confidence, measure: parameters.tail,
            statistic: point.statistic)
        var all: [[Double]] = []
        for book in backtest.books {
            let vector = try losses(of: book, moves)
            let running = window.running(vector.losses)
            all.append(backtest.days.map { running[$0 - vector.first] })
        }
        return all
    }

    private func losses(of book: StandardBook, _ moves: [String: ScenarioRun]) throws(MethodFault) -> LossVector {
        var sum: LossVector?
        for leg in book.legs {
            guard case .perpetual(let symbol, let size) = leg else {
                throw .unsupported("options in a linear book")
            }
            guard let move = moves[symbol] else { throw .missing("the history of \(symbol)") }
            let own = LossVector(first: move.first, losses: move.values.map { size * (1 - $0) })
            if sum == nil { sum = own } else { sum?.add(own) }
        }
        guard let sum else { throw .missing("a leg") }
        return sum
    }
}
