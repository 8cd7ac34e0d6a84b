/// One line of a report.
struct Measurement: Encodable, Sendable {
    let suite: String
    let name: String
    let unit: String
    let median: Double
    let low: Double
    let high: Double
    let runs: Int
    /// The median by the wall clock, where the figure is CPU time and the two differ.
    let wall: Double?
    let target: Double?
    /// Figure over target.
    let ratio: Double?
    let isMet: Bool?
    /// Conditions of this figure alone.
    let note: String?

    init(
        _ suite: String, _ name: String, _ spread: Spread, _ unit: String, wall: Double? = nil, target: Target? = nil,
        note: String? = nil
    ) {
        (self.suite, self.name, self.unit, self.note, self.wall) = (suite, name, unit, note, wall)
        (median, low, high, runs) = (spread.median, spread.low, spread.high, spread.runs)
        self.target = target?.limit
        ratio = target.flatMap { $0.limit == 0 ? nil : spread.median / $0.limit }
        isMet = target?.isMet(by: spread.median)
    }

    /// The same without a target.
    var unjudged: Measurement { Measurement(suite, name, Spread(self), unit, wall: wall, note: note) }

    /// CPU time of one thread; the wall clock's figure is added where others were in the way.
    init(
        _ suite: String, _ name: String, _ timing: Timing, _ unit: String, target: Target? = nil, note: String? = nil
    ) {
        let differs = timing.wall.median > timing.cpu.median * 1.05
        self.init(
            suite, name, timing.cpu, unit, wall: differs ? timing.wall.median : nil, target: target, note: note)
    }

    /// A single figure.
    init(_ suite: String, _ name: String, _ value: Double, _ unit: String, target: Target? = nil, note: String? = nil) {
        self.init(suite, name, Spread([value]), unit, target: target, note: note)
    }
}

extension Spread {
    fileprivate init(_ measurement: Measurement) {
        self.init(
            median: measurement.median, low: measurement.low, high: measurement.high, runs: measurement.runs)
    }
}
