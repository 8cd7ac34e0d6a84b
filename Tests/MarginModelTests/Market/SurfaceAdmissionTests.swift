import MarginDomain
import Testing

@testable import MarginModel

/// Which volatilities come into force: docs/margin-model.md §2, docs/event-rules.md §4.
@Suite struct SurfaceAdmissionTests {
    private static let strikes: [Int64] = [5_000_000, 5_500_000, 6_000_000, 6_500_000, 7_000_000]

    /// BTC at 60,000 with forwards of 60,000 in 30, 60 and 90 days.
    static func market() -> UnderlyingMarket {
        var market = UnderlyingMarket(underlying: ModelWorld.btc)
        market.apply(
            IndexPrice(
                underlying: ModelWorld.btc.id, price: Price(6_000_000), confidence: Ratio(Ratio.scale),
                publishTime: ModelWorld.start))
        for days in [30.0, 60, 90] {
            market.apply(
                ForwardPoint(
                    underlying: ModelWorld.btc.id, expiry: ModelWorld.after(days: days), forward: Price(6_000_000),
                    settledForward: .zero, publishTime: ModelWorld.start))
        }
        return market
    }

    static func points(
        days: Double, _ volatilities: [Double], at strikes: [Int64] = strikes, age seconds: Double = 0
    ) -> [ArrivingVolatility] {
        zip(strikes, volatilities).map { strike, volatility in
            .point(
                VolatilityPoint(
                    underlying: ModelWorld.btc.id, expiry: ModelWorld.after(days: days), strike: Price(strike),
                    volatility: Volatility(Int64(volatility * 1e9)), last: true,
                    publishTime: Timestamp(ModelWorld.start.nanoseconds - Int64(seconds * 1e9))))
        }
    }

    static func stand(_ volatilities: [ArrivingVolatility], in market: inout UnderlyingMarket) {
        for case .point(let point) in volatilities { market.apply(point) }
    }

    @Test func `a smile of one expiry and a rising term structure are admitted`() {
        let arriving =
            Self.points(days: 30, [0.66, 0.62, 0.6, 0.61, 0.64]) + Self.points(days: 60, [0.6, 0.58, 0.57, 0.58, 0.6])

        #expect(Self.market().admission(of: arriving, at: ModelWorld.start).refused.isEmpty)
    }

    @Test func `a strike far above its neighbours is a butterfly`() throws {
        let arriving = Self.points(days: 30, [0.6, 0.6, 0.9, 0.6, 0.6])

        let refused = Self.market().admission(of: arriving, at: ModelWorld.start).refused

        guard case .butterfly(_, let strike, let earns)? = refused[ModelWorld.after(days: 30)] else {
            Issue.record("\(refused)")
            return
        }
        // 0.3 of volatility are 0.3·0.4·√(30/365) of the forward, less the convexity of the strikes.
        #expect(strike == 60_000)
        #expect(earns > 0.02 && earns < 0.035)
    }

    @Test func `a call that costs more than one of a lower strike is a spread`() {
        let arriving = Self.points(days: 30, [0.6, 1.8], at: [6_000_000, 6_100_000])

        let refused = Self.market().admission(of: arriving, at: ModelWorld.start).refused

        guard case .spread? = refused[ModelWorld.after(days: 30)] else {
            Issue.record("\(refused)")
            return
        }
    }

    @Test func `quotes may be off by a point of volatility`() {
        let arriving = Self.points(days: 30, [0.6, 0.61, 0.6, 0.61, 0.6])

        #expect(Self.market().admission(of: arriving, at: ModelWorld.start).refused.isEmpty)
    }

    @Test func `a later expiry with less total variance is refused, the earlier one stays`() {
        let flat = [Double](repeating: 0.6, count: 5)
        let low = [Double](repeating: 0.35, count: 5)
        let arriving = Self.points(days: 30, flat) + Self.points(days: 60, low)

        let refused = Self.market().admission(of: arriving, at: ModelWorld.start).refused

        #expect(Set(refused.keys) == [ModelWorld.after(days: 60)])
        #expect(refused.values.first?.description.hasPrefix("calendar arbitrage of expiries") == true)
    }

    @Test(arguments: [(30.0, 1.2), (90.0, 0.3)])
    func `one that arrives alone is compared with its neighbours on both sides`(days: Double, volatility: Double) {
        var market = Self.market()
        Self.stand(Self.points(days: 60, [0.6, 0.6, 0.6, 0.6, 0.6]), in: &market)
        let arriving = Self.points(days: days, [Double](repeating: volatility, count: 5))

        #expect(market.admission(of: arriving, at: ModelWorld.start).refused.count == 1)
    }

    @Test func `neighbours older than a minute keep nothing out`() {
        var market = Self.market()
        Self.stand(Self.points(days: 60, [0.6, 0.6, 0.6, 0.6, 0.6], age: 61), in: &market)
        let arriving = Self.points(days: 30, [1.2, 1.2, 1.2, 1.2, 1.2])

        #expect(market.admission(of: arriving, at: ModelWorld.start).refused.isEmpty)
    }

    @Test(arguments: [(59.0, false), (61, true)])
    func `points older than a minute go if what arrives does not stand beside them`(age: Double, isRenewed: Bool) {
        var market = Self.market()
        Self.stand(Self.points(days: 30, [0.6, 0.6, 0.6, 0.6, 0.6], age: age), in: &market)
        // Every second strike after a rise by half.
        let arriving = Self.points(days: 30, [0.9, 0.9, 0.9], at: [5_000_000, 6_000_000, 7_000_000])

        let admission = market.admission(of: arriving, at: ModelWorld.start)

        let gone = isRenewed ? [Price(5_500_000), Price(6_500_000)] : nil
        #expect(admission.gone[ModelWorld.after(days: 30)] == gone)
        #expect(admission.refused.isEmpty == isRenewed)
    }

    @Test func `without a forward there is nothing to compare`() {
        var market = UnderlyingMarket(underlying: ModelWorld.btc)
        Self.stand(Self.points(days: 60, [0.6, 0.6, 0.6, 0.6, 0.6]), in: &market)

        let admission = market.admission(of: Self.points(days: 30, [0.6, 0.6, 3, 0.6, 0.6]), at: ModelWorld.start)

        #expect(admission.refused.isEmpty)
    }
}
