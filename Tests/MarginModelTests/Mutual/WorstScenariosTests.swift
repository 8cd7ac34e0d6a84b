import Testing

@testable import MarginModel

/// The weights of a pool's worst scenarios.
@Suite struct WorstScenariosTests {
    /// One underlying of three nodes of a column each, or two such underlyings that move together.
    private static func scenarios(underlyings: Int) -> JointScenarios {
        JointScenarios(
            sections: (0..<underlyings).map { place in
                let start = 3 * place
                return JointScenarios.Section(
                    columns: start..<start + 3, nodes: (0..<3).map { start + $0..<start + $0 + 1 },
                    windows: [[0], [1], [2]])
            }, kappa: 0.8, commonWeights: [1, 1, 1])
    }

    @Test(arguments: 1...2)
    func `an average moves smoothly while another column takes over as the worst`(_ underlyings: Int) {
        let scenarios = Self.scenarios(underlyings: underlyings)
        let own: [Double] = Array([100, 0, -40, 10, 0, -70].prefix(3 * underlyings))
        var last: Double?
        var seen: ClosedRange<Double> = 1000...1000
        for step in -200...200 {
            // The first column falls from ahead to behind the third.
            let pool: [Double] = Array([100 - Double(step) / 20, 0, 100, 30, 0, 30].prefix(3 * underlyings))
            let average = WorstScenarios(pool, scenarios, scan: scenarios.worst(pool)).average(own)

            if let last {
                #expect(abs(average - last) <= 2)
                seen = min(seen.lowerBound, average)...max(seen.upperBound == 1000 ? average : seen.upperBound, average)
            }
            last = average
        }

        // From one column's loss to the other's: a hard choice would jump by all of that at once.
        #expect(seen.upperBound - seen.lowerBound > 100)
    }

    @Test(arguments: 1...3)
    func `an average over the worst scenarios is at most the member's own worst, and all of them at most the pool's`(
        _ underlyings: Int
    ) {
        var pools = GeneratedPools(seed: UInt64(60 + underlyings))
        for _ in 0..<300 {
            let scenarios = pools.scenarios(underlyings: underlyings)
            let members = (0..<4).map { _ in pools.losses(scenarios) }
            let whole = members[0].indices.map { column in members.reduce(0.0) { $0 + $1[column] } }
            let scan = scenarios.worst(whole)
            let worst = WorstScenarios(whole, scenarios, scan: scan)

            for member in members { #expect(worst.average(member) <= scenarios.worst(member) + 1e-9) }
            #expect(worst.average(whole) <= scan + 1e-9)
            // In each underlying at most the depth is given away.
            #expect(worst.average(whole) >= (1 - WorstScenarios.depth * Double(underlyings)) * scan - 1e-9)
            for section in scenarios.sections where scan > 0 {
                let sum = section.columns.reduce(0.0) { $0 + worst.weights[$1] }
                #expect(abs(sum - 1) <= 1e-12)
            }
        }
    }

    @Test func `a pool that cannot lose has no worst scenarios`() {
        let scenarios = Self.scenarios(underlyings: 2)
        let losses: [Double] = [-1, 0, -2, -3, 0, -4]

        #expect(WorstScenarios(losses, scenarios, scan: scenarios.worst(losses)).average([5, 5, 5, 5, 5, 5]) == 0)
    }
}
