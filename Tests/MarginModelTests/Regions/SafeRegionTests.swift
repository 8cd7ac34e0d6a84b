import CMarginKernels
import MarginTestKit
import Testing

/// Markets on the faces of regions, where paths seldom come: none may reach a level, and every broken bound must show.
@Suite struct SafeRegionTests {
    @Test(arguments: CornerStyle.all)
    func `inside its region no pool reaches a level`(_ style: CornerStyle) {
        let points = CornerCount.value / CornerStyle.all.count
        let tally = CornerTally.of(style, seed: 4, points: points)
        #expect(tally.reached == 0, "\(tally.reached) of \(tally.points): \(tally.first)")
        #expect(tally.points >= points, "only \(tally.regions) regions")
        // What comes nowhere near a level would show nothing.
        #expect(tally.least < 0.2, "\(style): least \(tally.least), median \(tally.median)")
    }

    @Test func `sums of many floats reach no level either`() {
        let tally = CornerTally.of(.crowded, seed: 6, points: CornerCount.value / 400)
        #expect(tally.reached == 0 && tally.regions > 0, "\(tally.reached) of \(tally.points): \(tally.first)")
    }

    @Test(arguments: RegionMutant.allCases)
    func `a broken bound shows`(_ mutant: RegionMutant) {
        let tally = CornerTally.of(mutant.style, seed: 5, points: 8_000, mutant: mutant)
        #expect(tally.reached > 0, "none of \(tally.points) points of \(tally.regions) regions")
    }
}
