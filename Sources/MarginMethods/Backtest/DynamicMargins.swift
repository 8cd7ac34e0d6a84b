internal import MarginDomain
internal import MarginModel

/// The default model with ranges that follow the market, on every day of a backtest: docs/margin-model.md §14.
///
/// The margin of a close is that of the day that begins with it. What it needs was announced a day before, from the
/// closes to then, so a day's fall reaches the ranges on the second day after it.
struct DynamicMargins {
    let backtest: Backtest
    let grid: DefaultGrid

    /// By book and day.
    func margins() throws(MethodFault) -> [[Double]] {
        let sets = sets
        var all: [[Double]] = []
        for book in backtest.books {
            // A linear book, struck anew at a spot of 1, changes with the ranges of its coins only.
            var known: [[Double]: Double] = [:]
            var margins: [Double] = []
            for (place, day) in backtest.days.enumerated() {
                let ranges = book.underlyings.map { range(of: $0, in: sets[place]) }
                if book.isLinear, let margin = known[ranges] {
                    margins.append(margin)
                    continue
                }
                let model = DefaultGrid(sets[place], symbols: grid.symbols)
                let margin = try model.answer(try book.question(on: day, backtest.data)).initialMargin
                known[ranges] = margin
                margins.append(margin)
            }
            all.append(margins)
        }
        return all
    }

    /// The set in force on the day after each close of the backtest.
    private var sets: [ParameterSet] {
        let history = backtest.data.history
        var ranges = DynamicRanges()
        var sets: [ParameterSet] = []
        for day in 0..<backtest.days.upperBound {
            ranges.turn(over: grid.parameters)
            if day >= backtest.days.lowerBound {
                sets.append(ranges.inForce(over: grid.parameters, version: .ofEngine(1)))
            }
            for (symbol, asset) in grid.symbols {
                guard let series = history.series(.spot(symbol)), day >= series.first else { continue }
                ranges.add(series.returns[day - series.first], of: asset, grid.parameters.dynamics)
            }
        }
        return sets
    }

    private func range(of symbol: String, in set: ParameterSet) -> Double {
        grid.symbols[symbol].flatMap { set.underlying($0)?.range } ?? 0
    }
}
