/// What several runs of the same thing gave.
struct Spread: Equatable, Sendable {
    let median: Double
    let low: Double
    let high: Double
    let runs: Int

    /// - Precondition: there is at least one run.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "nothing was measured")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        low = sorted[0]
        high = sorted[sorted.count - 1]
        runs = sorted.count
    }

    /// The same in another unit.
    func scaled(by factor: Double) -> Spread {
        Spread(median: median * factor, low: low * factor, high: high * factor, runs: runs)
    }

    /// From a spread's own figures.
    init(median: Double, low: Double, high: Double, runs: Int) {
        (self.median, self.low, self.high, self.runs) = (median, low, high, runs)
    }
}
