import MarginMethods
import Testing

/// Acerbi and Szekely's second statistic.
@Suite struct ShortfallTestTests {
    /// Ten days at 80 %: two losses beyond 1 are expected, of 2 on average. Z₂ = 1 − (Σ L/ES)/(10·0.2).
    @Test(arguments: [([3.0, 1], 0.25), ([3, 1.5], -0.125), ([2, 2], 0.0), ([4, 4], -1.0), ([0.5, 0.5], 1.0)])
    func `losses in the tail are weighed against the forecast`(worst: [Double], statistic: Double) {
        let losses = worst + Array(repeating: -1, count: 8)

        let found = ShortfallTest.statistic(
            losses: losses, valuesAtRisk: Array(repeating: 1, count: 10), shortfalls: Array(repeating: 2, count: 10),
            confidence: 0.8)

        #expect(abs(found - statistic) <= 1e-12)
    }

    /// Uniform losses on 0…1: value at risk 0.975, shortfall 0.9875.
    @Test func `a right forecast scores near zero, one of half the risk below the critical value`() {
        var inputs = SeededInputs(seed: 2)
        let losses = (0..<20_000).map { _ in inputs.number(0, 1) }
        func statistics(_ share: Double) -> [Double] {
            ShortfallTest.windows(
                losses: losses, valuesAtRisk: Array(repeating: share * 0.975, count: losses.count),
                shortfalls: Array(repeating: share * 0.9875, count: losses.count), confidence: 0.975)
        }

        let right = statistics(1)
        let wrong = statistics(0.5)

        #expect(right.count == 80)
        #expect(abs(right.reduce(0, +) / 80) <= 0.1)
        // 5 % of windows by chance.
        #expect(right.count { $0 < ShortfallTest.criticalValue } <= 10)
        #expect(wrong.allSatisfy { $0 < ShortfallTest.criticalValue })
    }
}
