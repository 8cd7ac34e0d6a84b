internal import MarginModel

/// All that an account holds of one underlying: OKX's risk unit since January 2025, whatever it settles in.
struct OkxRiskUnit {
    let terms: OkxClass
    let marked: [(position: MarkedPosition, price: Double)]
    let options: [OptionPosition]
    /// Dollars of coin held, which is part of the unit (spot-derivatives risk offset).
    let coin: Double

    /// A scenario and what it loses, in dollars.
    struct Worst {
        var index = 0
        var move = 0.0
        var volatility = "same"
        var loss = 0.0

        /// Futures alone lose the same in MR1 and in half of MR6: what differs by rounding does not move the index.
        private static let tie = 1e-12

        mutating func meet(_ loss: Double, index: Int, move: Double, volatility: String) {
            let isWorse = loss > self.loss * (1 + Self.tie)
            let loss = max(self.loss, loss)
            if isWorse { self = Worst(index: index, move: move, volatility: volatility, loss: loss) }
            self.loss = loss
        }
    }

    /// `max(MR1, MR2, MR6)`: cells of MR1 by rising price, volatility down, same, up, from 1; then MR6 down and up, MR2.
    func worst(extremeShare: Double, points: (Double) -> Double) -> Worst {
        var worst = Worst()
        var index = 0
        for step in -3...3 {
            let move = Double(step) / 3 * terms.range
            for (name, sign) in [("down", -1.0), ("same", 0), ("up", 1)] {
                index += 1
                let gain = gain(move: move) { max(0, $0.terms.impliedVolatility + sign * points($0.days)) }
                worst.meet(-gain, index: index, move: move, volatility: name)
            }
        }
        for move in [-terms.extremeMove, terms.extremeMove] {
            index += 1
            let gain = gain(move: move) { $0.terms.impliedVolatility }
            worst.meet(-extremeShare * gain, index: index, move: move, volatility: "same")
        }
        worst.meet(dayDecay, index: index + 1, move: 0, volatility: "a day later")
        return worst
    }

    private func gain(move: Double, volatility: (OptionPosition) -> Double) -> Double {
        let factor = 1 + move
        let futures = marked.reduce(coin * move) { $0 + $1.position.dollarGain(times: factor, price: $1.price) }
        return options.reduce(futures) { sum, option in
            sum + option.value(times: factor, volatility: volatility(option), years: option.years) - option.value
        }
    }

    /// MR2: what options lose in 24 hours of nothing else.
    private var dayDecay: Double {
        options.reduce(0.0) { sum, option in
            let later = max(0, option.years - 1 / 365)
            return sum + option.value
                - option.value(times: 1, volatility: option.terms.impliedVolatility, years: later)
        }
    }

    /// MR4: dollars of long delta against short delta of other expiries, near ones first, times the years between.
    var basis: Double {
        var deltas: [Double: Double] = [:]
        for (position, _) in marked { deltas[position.years, default: 0] += position.dollarDelta }
        for option in options { deltas[option.years, default: 0] += option.dollarDelta }
        let places = deltas.sorted { $0.key < $1.key }
        var longs = places.filter { $0.value > 0 }.map { (years: $0.key, dollars: $0.value) }
        var shorts = places.filter { $0.value < 0 }.map { (years: $0.key, dollars: -$0.value) }
        var charge = 0.0
        while let long = longs.first, let short = shorts.first {
            let matched = min(long.dollars, short.dollars)
            charge += matched * abs(long.years - short.years) * terms.basisPerYear
            if long.dollars > matched { longs[0].dollars -= matched } else { longs.removeFirst() }
            if short.dollars > matched { shorts[0].dollars -= matched } else { shorts.removeFirst() }
        }
        return charge
    }

    /// MR7 before scaling.
    func closingCost(future: Double, shortOption: Double) -> Double {
        let futures = marked.reduce(0.0) {
            $0 + abs($1.position.units) * ($1.position.terms.isInverse ? $1.position.spot : $1.position.mark)
        }
        let sold = options.filter { $0.terms.size < 0 }.reduce(0.0) { $0 - $1.terms.size * $1.spot }
        return future * futures + shortOption * sold
    }
}
