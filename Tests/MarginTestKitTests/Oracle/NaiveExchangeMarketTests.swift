import MarginDomain
import MarginTestKit
import Testing

@Suite struct NaiveExchangeMarketTests {
    @Test func `prices go through every level and back`() throws {
        var small = try SmallExchange.withPerpetuals()
        small.deposit(1, 20_000)
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        var kinds: [SignalKind] = []

        // Of the mark: IM is 16.6 %, release 15 %, MM 13.4 %; equity is the mark less 40,000.
        for mark in [50_000, 48_000, 47_100, 46_300, 45_000, 38_000, 47_100, 60_000.0] {
            kinds += small.mark(1, mark).filter { $0.pool == PoolID(1) }.map(\.kind)
        }

        #expect(kinds == [.warning, .restricted, .marginCall, .liquidationPlan, .defaulted, .cured, .cured])
    }

    @Test func `a signal carries its numbers`() throws {
        var small = try SmallExchange.withPerpetuals()
        small.deposit(1, 20_000)
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        small.time = small.time + .seconds(10)

        let signals = small.mark(1, 47_000)

        let call = try #require(signals.first { $0.pool == PoolID(1) })
        #expect(call.kind == .marginCall)
        #expect(call.cause == .price)
        #expect(call.equity == .dollars(7000))
        #expect(call.releaseMargin == .dollars(7050))
        #expect(call.shortfall == .dollars(50))
        #expect(call.deadline == call.eventTime + .seconds(3600))
        #expect(call.oldestInputAge.nanoseconds > 10 * Duration64.perSecond)
        #expect(call.poolSignalNo == StreamNumber(1))
        #expect(!call.stale)
    }

    @Test func `a pool of two underlyings is evaluated at the cuts of both`() throws {
        var small = try SmallExchange.withPerpetuals()
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        small.trade(3, 100, at: 3000, buyer: 1, seller: 9)

        small.send(
            .indexPrice([
                IndexPrice(
                    underlying: SmallExchange.eth, price: Price(1), confidence: .zero, publishTime: small.time),
                IndexPrice(
                    underlying: SmallExchange.btc, price: Price(1), confidence: .zero, publishTime: small.time),
            ]))

        #expect(small.exchange.evaluated == [PoolID(1), PoolID(9), PoolID(1), PoolID(9)])
    }

    @Test func `a source that fell silent caps the state until it is back`() throws {
        var small = try SmallExchange.withPerpetuals()
        small.deposit(1, 10_000)
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        func trust(_ reason: SilenceReason) -> EventGroup {
            .sourceSilent([
                SourceSilent(
                    subject: SmallExchange.source, subjectEpoch: Epoch(1), lastSequence: SequenceNumber(1),
                    reason: reason)
            ])
        }

        small.send(trust(.gap), from: .engine)
        let called = small.mark(1, 55_000)
        small.send(trust(.resumed), from: .engine)
        let liquidated = small.mark(1, 55_000)

        #expect(called.map(\.kind) == [.marginCall])
        #expect(called.map(\.stale) == [true])
        #expect(liquidated.map(\.kind) == [.liquidationPlan])
    }

    @Test func `a surface takes effect at most once a second`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(31_536_000)
        let strike = Price(300_000)
        func sigma() -> Double? { small.exchange.market.cuts[SmallExchange.eth]?.sigma(expiry, strike) }
        small.index(SmallExchange.eth, 3000)

        small.volatility(SmallExchange.eth, expiry, strike: 3000, 0.5)
        let first = sigma()
        small.volatility(SmallExchange.eth, expiry, strike: 3000, 0.6)
        let waiting = sigma()
        small.time = small.time + .seconds(1)
        small.index(SmallExchange.eth, 3001)
        let later = sigma()

        #expect([first, waiting, later] == [0.5, 0.5, 0.6])
    }

    @Test func `a surface without its last point waits`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(31_536_000)

        small.volatility(SmallExchange.eth, expiry, strike: 3000, 0.5, last: false)
        small.time = small.time + .seconds(5)
        small.index(SmallExchange.eth, 3000)

        #expect(small.exchange.market.cuts[SmallExchange.eth]?.sigma(expiry, Price(300_000)) == nil)
    }

    @Test func `a clock cuts only what was silent for a second`() throws {
        var small = try SmallExchange.withPerpetuals()
        let before = small.time
        small.time = small.time + .milliseconds(900)
        small.index(SmallExchange.btc, 60_000)
        let kept = try #require(small.exchange.market.cuts[SmallExchange.btc]).t
        small.time = small.time + .milliseconds(200)

        small.send(.clock([Clock(time: small.time)]))

        let btc = try #require(small.exchange.market.cuts[SmallExchange.btc])
        let eth = try #require(small.exchange.market.cuts[SmallExchange.eth])
        #expect(btc.t == kept)
        #expect(eth.t > before)
    }

    @Test func `a forward follows the index between its own publications`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(864_000)
        small.index(SmallExchange.eth, 3000)
        small.forward(SmallExchange.eth, expiry, 3030)

        small.index(SmallExchange.eth, 1500)

        let cut = try #require(small.exchange.market.cuts[SmallExchange.eth])
        #expect(cut.F(expiry) == 1515)
    }

    @Test func `a set of parameters that names the unknown is refused whole`() throws {
        var small = try SmallExchange.withPerpetuals()
        func entry(_ key: String, _ value: Double, last: Bool) throws -> RiskParameters {
            RiskParameters(
                version: ParameterVersion(5), status: .effective, key: try #require(Symbol(key)), asset: AssetID(0),
                index: 0, value: Ratio(decimal: value), last: last)
        }

        small.send(.riskParameters([try entry("kappa", 0.5, last: false), try entry("typo", 1, last: true)]))
        let refused = small.exchange.market.parameters
        small.send(.riskParameters([try entry("kappa", 0.5, last: true)]))
        let accepted = small.exchange.market.parameters

        #expect(refused["kappa"] == 0.8)
        #expect(accepted["kappa"] == 0.5)
        #expect(accepted.version == ParameterVersion(5))
    }

    @Test func `a member that joins and leaves a pool has both evaluated`() throws {
        var small = try SmallExchange.withPerpetuals()
        func membership(_ action: MembershipAction) -> EventGroup {
            .poolMembership([
                PoolMembership(
                    account: AccountID(2), instrument: .none, pool: PoolID(1), agreement: .ownPool, action: action,
                    contribution: .zero, pledge: .zero)
            ])
        }
        small.deposit(1, 100)
        small.deposit(2, 50)

        small.send(membership(.join))
        let joined = try small.margin(1).equity
        small.send(membership(.leave))
        let left = try small.margin(1).equity

        #expect([joined, left] == [.dollars(150), .dollars(100)])
        #expect(small.exchange.evaluated == [PoolID(1), PoolID(2)])
    }
}
