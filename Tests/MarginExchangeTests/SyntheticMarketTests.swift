import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct SyntheticMarketTests {
    private func walked(seed: UInt64, steps: Int, crash: CrashTerms? = CrashTerms()) -> SyntheticMarket {
        var market = SyntheticMarket(MarketScenario(duration: .seconds(20), crash: crash), seed: seed)
        for _ in 0..<steps { market.advance() }
        return market
    }

    @Test func `the same seed gives the same prices, another seed others`() {
        let (first, again, other) = (walked(seed: 1, steps: 50), walked(seed: 1, steps: 50), walked(seed: 2, steps: 50))

        for terms in UnderlyingTerms.known.prefix(3) {
            #expect(first.spot(of: terms.asset) == again.spot(of: terms.asset))
            #expect(first.spot(of: terms.asset) != other.spot(of: terms.asset))
        }
    }

    @Test(arguments: [0.1, 0.28, 0.5]) func `the bottom of the crash is as deep as asked`(depth: Double) {
        // The fall ends at 55 % of 20 seconds; market time of a second leaves almost nothing but the crash.
        let scenario = MarketScenario(
            duration: .seconds(20), marketTime: .seconds(1), crash: CrashTerms(depth: depth))
        var market = SyntheticMarket(scenario, seed: 3)
        for _ in 0..<110 { market.advance() }

        let left = market.spot(of: AssetID(3)) / UnderlyingTerms.bitcoin.spot
        #expect(abs(left - (1 - depth)) < 0.01)
    }

    @Test func `a part of the fall comes back`() {
        let (bottom, end) = (walked(seed: 4, steps: 110), walked(seed: 4, steps: 200))

        #expect(end.isOver)
        #expect(end.spot(of: AssetID(4)) > bottom.spot(of: AssetID(4)) * 1.05)
        #expect(end.spot(of: AssetID(4)) < UnderlyingTerms.ether.spot)
    }

    @Test func `fear lifts volatilities, the short ones most`() {
        let (calm, fear) = (walked(seed: 5, steps: 10), walked(seed: 5, steps: 110))
        let week = calm.scenario.start + .seconds(7 * 86_400)
        let halfYear = calm.scenario.start + .seconds(180 * 86_400)
        func rise(_ expiry: Timestamp) -> Double {
            fear.volatility(of: AssetID(3), expiry: expiry, strike: fear.spot(of: AssetID(3)))
                / calm.volatility(of: AssetID(3), expiry: expiry, strike: calm.spot(of: AssetID(3)))
        }

        #expect(rise(week) > 1.5)
        #expect(rise(week) > rise(halfYear))
        #expect(rise(halfYear) > 1)
    }

    @Test func `surfaces and prices stay positive all the way`() throws {
        var exchange = try smallExchange()
        for _ in 0..<200 {
            exchange.market.advance()
            for terms in exchange.scenario.market.underlyings {
                guard case .volatilityPoint(let points) = exchange.quotes.surface(of: terms.asset, exchange.market)
                else {
                    Issue.record("a surface is made of volatility points")
                    return
                }
                #expect(points.allSatisfy { $0.volatility > .zero && $0.volatility < EngineLimits.volatilityMax })
                #expect(points.last?.last == true)
                #expect(points.dropLast().allSatisfy { !$0.last })
                #expect(exchange.market.spot(of: terms.asset) > 0)
            }
        }
    }

    @Test func `put and call differ by forward less strike`() {
        let (forward, strike, volatility, years) = (2_500.0, 2_700.0, 0.8, 0.2)
        let call = BlackFormula.value(.call, forward: forward, strike: strike, volatility: volatility, years: years)
        let put = BlackFormula.value(.put, forward: forward, strike: strike, volatility: volatility, years: years)

        #expect(abs(call - put - (forward - strike)) < 1e-9)
    }
}
