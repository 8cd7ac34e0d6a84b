import MarginMethods
import Testing

/// The worst run of days on record.
@Suite struct WorstWindowTests {
    @Test(arguments: TailMeasure.allCases)
    func `skipping windows that cannot be worse changes nothing`(measure: TailMeasure) {
        var inputs = SeededInputs(seed: 3)
        for _ in 0..<40 {
            // Rounded, so that losses tie.
            let losses = (0..<(10 + inputs.whole(300))).map { _ in inputs.dailyReturn(1).rounded(toPlaces: 1) }
            let window = WorstWindow(days: 1 + inputs.whole(80), confidence: 0.95, measure: measure)

            let every = (0...max(0, losses.count - window.days)).map { start in
                measure.shortfall(Array(losses[start..<min(losses.count, start + window.days)]), confidence: 0.95)
            }

            #expect(window.highest(losses) == every.max())
        }
    }

    @Test func `what was known at the end of each day is the highest of the days before`() {
        var inputs = SeededInputs(seed: 4)
        let losses = (0..<500).map { _ in inputs.dailyReturn(1) }
        let window = WorstWindow(days: 60, confidence: 0.99, measure: .fractional)

        let running = window.running(losses)

        for end in stride(from: 0, to: 500, by: 7) {
            #expect(running[end] == window.highest(Array(losses[...end])))
        }
        #expect(abs(running[499] - NaiveShortfall.highest(losses, days: 60, confidence: 0.99)) <= 1e-12)
    }

    @Test func `fewer days than a window are one window`() {
        let window = WorstWindow(days: 365, confidence: 0.5, measure: .fractional)

        #expect(window.highest([1, 4, 2, 3]) == 3.5)
        #expect(window.highest([]) == 0)
    }
}
