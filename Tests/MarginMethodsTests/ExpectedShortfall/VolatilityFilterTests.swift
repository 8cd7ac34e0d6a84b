import MarginMethods
import Testing

/// Yesterday's volatility, and returns brought to today's.
@Suite struct VolatilityFilterTests {
    /// λ 0.5, seed of the first return alone: v₀ = 4, then 0.5·4 + 0.5·4 = 4, then 0.5·4 + 0.5·16 = 10,
    /// then 0.5·10 + 0.5·1 = 5.5.
    @Test func `a variance is known before the day it scales`() {
        var filter = VolatilityFilter()
        (filter.decay, filter.limit, filter.seedDays) = (0.5, 0, 1)

        let deviations = filter.deviations(of: [2, -4, 1])

        #expect(deviations.map { $0 * $0 }.map { ($0 * 1e9).rounded() / 1e9 } == [4, 4, 10, 5.5])
    }

    @Test func `full scaling takes a return to today's deviation, half scaling half the way`() {
        var filter = VolatilityFilter()
        (filter.decay, filter.limit, filter.seedDays) = (0.5, 0, 1)
        let ratio = (5.5 / 4).squareRoot()

        filter.scaling = .full
        #expect(abs(filter.scaled([2, -4, 1])[1] + 4 * ratio) <= 1e-15)
        filter.scaling = .half
        #expect(abs(filter.scaled([2, -4, 1])[1] + 4 * (ratio + 1) / 2) <= 1e-15)
        filter.scaling = .none
        #expect(filter.scaled([2, -4, 1]) == [2, -4, 1])
    }

    /// The day's own return is not in the variance that scales it: ten deviations stay ten, not 1/√0.03 = 5.8.
    @Test func `a crash of ten deviations keeps its size`() {
        var filter = VolatilityFilter()
        (filter.limit, filter.scaling) = (0, .full)
        let calm = (0..<100).map { $0.isMultiple(of: 2) ? 0.01 : -0.01 }
        let afterwards = (0..<600).map { $0.isMultiple(of: 2) ? 0.01 : -0.01 }

        let scaled = filter.scaled(calm + [-0.10] + afterwards)

        #expect(abs(scaled[100] + 0.10) <= 1e-6)
    }

    /// √(0.97 + 0.03·9) = √1.24 = 1.1136.
    @Test func `three deviations at most count, so deviation rises by 11.4 percent a day at most`() {
        let filter = VolatilityFilter()
        let calm = (0..<100).map { $0.isMultiple(of: 2) ? 0.01 : -0.01 }

        let deviations = filter.deviations(of: calm + [-0.9])

        #expect(abs(deviations[101] / deviations[100] - 1.24.squareRoot()) <= 1e-12)
    }

    @Test func `the floor holds today's deviation up to a share of the long run's`() {
        var filter = VolatilityFilter()
        filter.floor = 0.8
        let wild = (0..<500).map { $0.isMultiple(of: 2) ? 0.05 : -0.05 }
        let calm = (0..<500).map { $0.isMultiple(of: 2) ? 0.01 : -0.01 }

        let deviations = filter.deviations(of: wild + calm)

        let longRun = ((0.0025 + 0.0001) / 2).squareRoot()
        #expect(abs(deviations[1000] - 0.8 * longRun) <= 1e-12)
        // Only now: the past stays as it was known.
        #expect(deviations[999] < 0.011)
    }

    @Test func `a price that has not moved yet scales nothing`() {
        let filter = VolatilityFilter()

        #expect(filter.scaled([0, 0, 0]) == [0, 0, 0])
        #expect(filter.deviations(of: []) == [0])
        var moved = filter
        moved.seedDays = 1
        #expect(moved.scaled([0, 0.5]) == [0, 0.5])
        #expect(moved.deviations(of: [0, 0.5])[2] > 0)
    }

    @Test func `deviations are those of the plain recursion`() {
        var inputs = SeededInputs(seed: 5)
        for limit in [0.0, 2, 3] {
            var filter = VolatilityFilter()
            filter.limit = limit
            let returns = (0..<400).map { _ in inputs.dailyReturn(0.03) }

            let naive = NaiveShortfall.deviations(returns, decay: 0.97, limit: limit, seed: 30)

            for (own, other) in zip(filter.deviations(of: returns), naive) {
                #expect(abs(own - other) <= 1e-15)
            }
        }
    }
}
