internal import CMarginKernels

/// Numbers by scenario date, to the last date of the history.
struct ScenarioRun: Sendable {
    /// Place among the history's dates of the first.
    let first: Int
    let values: [Double]

    /// Those from a date on.
    func from(_ start: Int) -> ArraySlice<Double> { values.dropFirst(start - first) }

    func map(_ transform: (Double) -> Double) -> ScenarioRun {
        ScenarioRun(first: first, values: values.map(transform))
    }

    /// Date by date, where both have one.
    func with(_ other: ScenarioRun, _ combine: (Double, Double) -> Double) -> ScenarioRun {
        let start = max(first, other.first)
        return ScenarioRun(first: start, values: zip(from(start), other.from(start)).map(combine))
    }
}

/// The moves of one underlying's factors on every scenario date.
struct ScenarioMoves: Sendable {
    let underlying: String
    /// Factor of spot, `e^r`.
    let spot: ScenarioRun
    /// Factor of perpetuals and forwards: spot's, with the basis.
    let forward: ScenarioRun
    /// Log returns of at-the-money volatility by tenor in days, ascending.
    let tenors: [(days: Double, returns: ScenarioRun)]

    /// - Parameter last: how many of the latest scenarios count; nil = all.
    /// - Parameter move: the daily returns to take of a factor's.
    /// - Returns: nil if the history has no returns of the underlying.
    init?(
        _ underlying: String, of history: FactorHistory, last: Int?, holdingDays: Int,
        move: (FactorHistory.Series) -> [Double]
    ) {
        func run(_ factor: Factor) -> ScenarioRun? {
            guard let series = history.series(factor), series.returns.count >= holdingDays else { return nil }
            let sums = Self.sums(of: move(series), over: holdingDays)
            let kept = min(sums.count, last ?? sums.count)
            return ScenarioRun(first: history.dates.count - kept, values: Array(sums.suffix(kept)))
        }
        guard let index = run(.spot(underlying)) else { return nil }
        self.underlying = underlying
        spot = index.map { mk_exponential($0) }
        forward = run(.basis(underlying)).map { basis in index.with(basis) { mk_exponential($0 + $1) } } ?? spot
        tenors = history.tenors(of: underlying).compactMap { days in
            run(.volatility(underlying, days: days)).map { (Double(days), $0) }
        }
    }

    /// Factor of the volatility of an option; nil if the history has no volatility of the underlying.
    ///
    /// The log return at a time between two tenors is linear in the logarithm of time; shorter than the shortest it is
    /// `(tenor/DTE)^shortPower` times that one's, `DTE` at least a day; longer than the longest `(tenor/DTE)^longPower`.
    func volatility(days: Double, shortPower: Double, longPower: Double) -> ScenarioRun? {
        let held = max(days, 1)
        let read = tenors(around: days)
        guard let low = read.first, let high = read.last else { return nil }
        if read.count == 1 {
            let power = held <= low.days ? shortPower : longPower
            let multiple = mk_exponential(power * mk_logarithm(low.days / held))
            return low.returns.map { mk_exponential(multiple * $0) }
        }
        let weight = mk_logarithm(held / low.days) / mk_logarithm(high.days / low.days)
        return low.returns.with(high.returns) { mk_exponential($0 + weight * ($1 - $0)) }
    }

    /// The tenors that an option's volatility is read from: the two around its time to expiry, or the nearest one where
    /// it lies beyond all; none if there are none.
    func tenors(around days: Double) -> ArraySlice<(days: Double, returns: ScenarioRun)> {
        let held = max(days, 1)
        guard let above = tenors.firstIndex(where: { $0.days >= held }) else { return tenors.suffix(1) }
        return above == 0 || tenors[above].days == held && above == tenors.count - 1
            ? tenors[above...above] : tenors[above - 1...above]
    }

    /// Overlapping sums of `days` successive returns: one fewer for each day more than one.
    static func sums(of returns: [Double], over days: Int) -> [Double] {
        guard days > 1 else { return returns }
        return (days - 1..<returns.count).map { end in
            returns[(end - days + 1)...end].reduce(0, +)
        }
    }
}
