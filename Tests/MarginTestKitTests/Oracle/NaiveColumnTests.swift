import MarginDomain
import MarginTestKit
import Testing

@Suite struct NaiveColumnTests {
    @Test func `there are 61 columns, 101 with half steps`() {
        let parameters = NaiveParameters()

        #expect(NaiveColumn.all(R: 0.16, halfSteps: false, parameters: parameters).count == 61)
        #expect(NaiveColumn.all(R: 0.16, halfSteps: true, parameters: parameters).count == 101)
    }

    @Test func `half steps are on while something expires within three days`() throws {
        var small = try SmallExchange()
        try small.list(4, .linearFuture, on: SmallExchange.btc, expiry: small.time + .seconds(3 * 86_400 + 60))

        small.index(SmallExchange.btc, 60_000)
        let before = try #require(small.exchange.market.cuts[SmallExchange.btc]).halfSteps
        small.time = small.time + .seconds(61)
        small.index(SmallExchange.btc, 60_000)
        let within = try #require(small.exchange.market.cuts[SmallExchange.btc]).halfSteps
        small.time = small.time + .seconds(3 * 86_400)
        small.index(SmallExchange.btc, 60_000)
        let after = try #require(small.exchange.market.cuts[SmallExchange.btc]).halfSteps

        #expect([before, within, after] == [false, true, false])
    }

    @Test func `the shapes move a month's volatility by the plain factors and a year's steep one by less`() {
        let parameters = NaiveParameters()
        func shocked(_ days: Double, _ shape: VolatilityShape) -> Double {
            NaiveColumn.shocked(sigma: 1, tau: days / 365, shape: shape, parameters: parameters)
        }

        #expect(abs(shocked(30, .upFlat) - 1.6) < 1e-12)
        #expect(abs(shocked(30, .downSteep) - 0.7) < 1e-12)
        #expect(shocked(365, .upSteep) < shocked(365, .upFlat))
        #expect(shocked(10, .upFlat) == shocked(10, .upSteep))
        #expect(NaiveColumn.shocked(sigma: 0.1, tau: 0.01, shape: .upFlat, parameters: parameters) == 0.5)
    }

    @Test(arguments: [-0.66, 0.5, 5])
    func `tails are damped`(tail: Double) throws {
        let columns = NaiveColumn.all(R: 0.16, halfSteps: false, parameters: NaiveParameters())

        let column = try #require(columns.first { $0.m == tail })
        #expect(abs(column.d - 0.77 * 0.16 / tail.magnitude) < 1e-15)
    }
}
