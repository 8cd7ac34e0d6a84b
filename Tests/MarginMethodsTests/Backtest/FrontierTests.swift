import MarginMethods
import Testing

/// Settings of expected shortfall at equal coverage.
@Suite struct FrontierTests {
    @Test func `each setting stands once, and its figures are those of a backtest of that setting`() throws {
        var inputs = SeededInputs(seed: 31)
        let data = try BacktestWorld.data(&inputs, count: 210, late: 20)
        let backtest = Backtest(data, BacktestWorld.books, from: data.history.dates[150])
        let losses = try backtest.losses()

        let points = try Frontier.points(backtest, losses: losses, split: 30)

        // Unfiltered, and 3 decays × 2 scalings × 2 limits; 3 look-backs × 3 stress weights × 2 confidences each.
        #expect(points.count == (1 + 12) * 18)
        let named = points.map {
            "\($0.decay) \($0.lookBackDays) \($0.stressWeight) \($0.scaling) \($0.limit) \($0.confidence)"
        }
        #expect(Set(named).count == points.count)
        for place in stride(from: 5, to: points.count, by: 47) {
            let point = points[place]
            var parameters = ShortfallParameters()
            (parameters.filter.decay, parameters.filter.scaling) = (point.decay, point.scaling)
            (parameters.filter.limit, parameters.lookBackDays) = (point.limit, point.lookBackDays)
            parameters.stress.weight = point.stressWeight
            let paths = try backtest.paths(
                .historical(parameters, confidence: point.confidence), losses: losses)
            let before = paths.map { $0.slice(0..<30) }
            let multiplier = EqualCoverage().multiplier(before)
            #expect(abs(point.multiplier - multiplier) <= 1e-12)
            #expect(point.before == CoverageSummary(before.map { $0.scaled(by: point.multiplier) }))
            #expect(
                point.after
                    == CoverageSummary(paths.map { $0.slice(30..<$0.margins.count).scaled(by: point.multiplier) }))
        }
    }
}
