import Foundation
import MarginMethods
import Testing

/// Likelihood ratios of exceedances.
@Suite struct ExceedanceTestTests {
    static func exceedances(_ count: Int, of days: Int) -> [Bool] {
        // Spread evenly, so that none follow each other.
        (0..<days).map { day in count > 0 && day * count / days != (day + 1) * count / days }
    }

    /// Upper ends of Kupiec's non-rejection regions at 5 %, as the textbooks reprint them: at 99 % fewer than 7 of 252,
    /// 11 of 510, 17 of 1000; at 95 % fewer than 20, 36 and 65.
    @Test(arguments: [
        (0.01, 252, 7), (0.01, 510, 11), (0.01, 1000, 17), (0.05, 252, 20), (0.05, 510, 36), (0.05, 1000, 65),
    ])
    func `Kupiec's regions end where the textbooks say`(probability: Double, days: Int, count: Int) {
        let inside = ExceedanceTest(Self.exceedances(count - 1, of: days), probability: probability)
        let outside = ExceedanceTest(Self.exceedances(count, of: days), probability: probability)

        #expect(inside.count == count - 1)
        #expect(inside.kupiecTwoSided >= 0.05)
        #expect(outside.kupiecTwoSided < 0.05)
    }

    /// 20 of 1000 at 1 %: 2·(20·ln 2 + 980·ln(0.98/0.99)).
    @Test func `Kupiec's ratio is the one of the formula`() {
        let test = ExceedanceTest(Self.exceedances(20, of: 1000), probability: 0.01)

        #expect(abs(test.kupiec - 2 * (20 * log(2) + 980 * log(0.98 / 0.99))) <= 1e-9)
        #expect(abs(test.kupiecTwoSided - erfc((test.kupiec / 2).squareRoot())) <= 1e-12)
        #expect(abs(test.kupiecOneSided - test.kupiecTwoSided / 2) <= 1e-12)
    }

    @Test func `one side is blind to margins that are higher than promised`() {
        let none = ExceedanceTest(Self.exceedances(0, of: 1000), probability: 0.01)
        let exact = ExceedanceTest(Self.exceedances(10, of: 1000), probability: 0.01)

        #expect(none.kupiecTwoSided < 0.001)
        #expect(none.kupiecOneSided > 0.999)
        #expect(none.binomialTail == 1)
        #expect(exact.kupiec == 0 && exact.kupiecOneSided == 0.5)
    }

    /// Of at least 2 in 3 at a half: 4/8. Of at least 11 in 500 at 1 %, summed from Foundation's logarithms of factorials.
    @Test func `the binomial tail is exact`() {
        #expect(abs(ExceedanceTest([true, true, false], probability: 0.5).binomialTail - 0.5) <= 1e-15)
        let test = ExceedanceTest(Self.exceedances(11, of: 500), probability: 0.01)
        var tail = 0.0
        for hits in 11...500 {
            let ways = lgamma(501) - lgamma(Double(hits + 1)) - lgamma(Double(501 - hits))
            tail += exp(ways + Double(hits) * log(0.01) + Double(500 - hits) * log(0.99))
        }

        #expect(abs(test.binomialTail - tail) <= 1e-12)
    }

    /// 9 exceedances in a row among 100 days: pairs calm-calm 89, calm-bad 1, bad-bad 8, bad-calm 1.
    @Test func `exceedances in a row are clustered, scattered ones are not`() {
        let clustered = ExceedanceTest(
            Array(repeating: false, count: 40) + Array(repeating: true, count: 9) + Array(repeating: false, count: 51),
            probability: 0.05)
        let scattered = ExceedanceTest(Self.exceedances(9, of: 100), probability: 0.05)
        let apart = 89 * log(89.0 / 90) + log(1.0 / 90) + log(1.0 / 9) + 8 * log(8.0 / 9)
        let together = 90 * log(90.0 / 99) + 9 * log(9.0 / 99)

        #expect(abs(clustered.christoffersen - 2 * (apart - together)) <= 1e-9)
        #expect(clustered.christoffersenTail < 1e-9)
        #expect(scattered.christoffersenTail > 0.05)
    }

    @Test func `no days and no exceedances reject nothing`() {
        let empty = ExceedanceTest([], probability: 0.01)
        let calm = ExceedanceTest(Self.exceedances(0, of: 50), probability: 0.01)

        #expect(empty.kupiec == 0 && empty.christoffersen == 0)
        #expect(calm.christoffersen == 0 && calm.christoffersenTail == 1)
    }
}
