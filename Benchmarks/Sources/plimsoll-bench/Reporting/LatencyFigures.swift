import Histogram

/// Percentiles of one path at a fixed rate, in microseconds from the moment a sample was due.
struct LatencyFigures: Encodable, Sendable {
    let suite: String
    let name: String
    let unit = "µs"
    let count: Int
    let p50: Double
    let p90: Double
    let p99: Double
    let p999: Double
    let max: Double
    let note: String?

    /// - Parameter nanoseconds: one figure a sample.
    init(_ suite: String, _ name: String, nanoseconds: [Int64], note: String? = nil) {
        var histogram = Histogram<UInt64>(
            lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
        for value in nanoseconds { histogram.record(UInt64(clamping: value)) }
        func microseconds(_ percentile: Double) -> Double { Double(histogram.valueAtPercentile(percentile)) / 1000 }
        (self.suite, self.name, self.note) = (suite, name, note)
        count = nanoseconds.count
        p50 = microseconds(50)
        p90 = microseconds(90)
        p99 = microseconds(99)
        p999 = microseconds(99.9)
        max = Double(histogram.max) / 1000
    }

    /// The same with more to say.
    init(_ figures: LatencyFigures, note: String) {
        (suite, name, count) = (figures.suite, figures.name, figures.count)
        (p50, p90, p99, p999, max) = (figures.p50, figures.p90, figures.p99, figures.p999, figures.max)
        self.note = (figures.note.map { $0 + "; " } ?? "") + note
    }

    /// Those of a peer that has percentiles already.
    init?(_ suite: String, _ name: String, _ values: [String: Double], count: Int) {
        guard let p50 = values["p50"], let p90 = values["p90"], let p99 = values["p99"], let p999 = values["p99.9"],
            let max = values["max"]
        else { return nil }
        (self.suite, self.name, note) = (suite, name, nil)
        self.count = count
        (self.p50, self.p90, self.p99, self.p999, self.max) = (p50, p90, p99, p999, max)
    }

    var line: String {
        let figures = [p50, p90, p99, p999, max].map { $0.figure.aligned(to: 9) }.joined()
        return "  \(name.padded(to: 46))\(figures)  n=\(count.grouped)" + (note.map { "\n      \($0)" } ?? "")
    }

    static let heading =
        "  " + "µs".padded(to: 46) + ["p50", "p90", "p99", "p99.9", "max"].map { $0.aligned(to: 9) }.joined()
}
