import MarginMethods
import MarginModel
import Testing

@Suite struct TermShockTests {
    private let shock = TermShock(
        up: 0.5, down: 0.275, volatilityFloor: 0.45, shortPower: 0.30, longPower: 0.13, dayFloor: 1)

    /// `VolShockUpMultiplier` and `VolShockDownMultiplier` of the published portfolios 33 and 62.
    @Test(arguments: [
        (794_852.0, 1.712811375927374, 0.6079537432399443), (2_004_452, 1.5400846140462012, 0.7029534622745894),
        (3_214_052, 1.4862120042860796, 0.7325833976426561), (26_801_252, 1.3690476067333361, 0.7970238162966652),
    ])
    func `published expiries are shocked by their published multiples`(seconds: Double, up: Double, down: Double) {
        let days = seconds / 86_400

        #expect(abs(shock.raised(1, days: days) - up) < 1e-14)
        #expect(abs(shock.lowered(1, days: days) - down) < 1e-14)
    }

    @Test func `thirty days are the measure`() {
        #expect(shock.multiple(days: 30) == 1)
    }

    @Test func `a shock up ends at the floor at least and a shock down at nothing`() {
        #expect(shock.raised(0.01, days: 30) == 0.45)

        var deep = shock
        deep.down = 2
        #expect(deep.lowered(0.8, days: 30) == 0)
    }

    @Test func `at expiry the floor of days holds, and a second without one`() {
        var shock = shock
        #expect(shock.multiple(days: 0) == shock.multiple(days: 1))

        shock.dayFloor = 0
        #expect(shock.multiple(days: 0) == shock.multiple(days: 1 / 86_400.0))
        #expect(shock.multiple(days: 0).isFinite)
    }

    @Test func `a move leaves what a settlement average has fixed`() {
        let expiry = MarginCase.Expiry(secondsToExpiry: 900, forward: 100, settledForward: 50)

        #expect(expiry.forward(times: 1.2) == 110)
        #expect(expiry.forward(times: 1) == 100)
    }
}
