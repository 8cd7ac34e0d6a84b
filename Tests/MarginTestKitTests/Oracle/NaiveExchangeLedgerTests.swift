import MarginDomain
import MarginTestKit
import Testing

@Suite struct NaiveExchangeLedgerTests {
    private let one = Member(AccountID(1))

    private func balance(_ small: SmallExchange, _ member: Member, _ asset: AssetID = SmallExchange.usd) -> Int128 {
        small.exchange.holdings[member]?.balances[asset]?.units ?? 0
    }

    @Test func `closing a future realises what it earned`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        small.trade(1, 100, at: 61_000, buyer: 9, seller: 1)

        #expect(balance(small, one) == 1_000_000_000)
        #expect(small.exchange.holdings[one]?.positions.isEmpty == true)
    }

    @Test func `a bust undoes a trade to the unit`() throws {
        var small = try SmallExchange.withPerpetuals()
        let before = small.exchange.holdings

        small.trade(2, 12_345, at: 60_001.23, buyer: 1, seller: 9, fee: 17)
        small.trade(2, 12_345, at: 60_001.23, buyer: 1, seller: 9, fee: 17, .bust)

        #expect(small.exchange.holdings.mapValues(\.positions) == before.mapValues(\.positions))
        #expect(balance(small, one, SmallExchange.btc) == 0)
        #expect(small.exchange.houses[.fees]?[SmallExchange.btc] == 0)
    }

    @Test func `an isolated position stands apart from its account`() throws {
        var small = try SmallExchange.withPerpetuals()
        small.deposit(1, 500)

        small.deposit(1, 10_000, isolated: 1)
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9, isolated: true)

        let pool = PoolID.isolated(AccountID(1), InstrumentID(1))
        #expect(small.exchange.pools[pool]?.margin?.equity == .dollars(10_000))
        #expect(try small.margin(1).equity == .dollars(500))
    }

    @Test func `an option's premium is cash and its settlement too`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(60)
        try small.list(5, .linearOption, on: SmallExchange.eth, expiry: expiry, .put, strike: 3000)
        small.open(1)
        small.open(9, owner: 9)

        small.trade(5, 300, at: 50, buyer: 1, seller: 9)
        small.send(
            .settlement([Settlement(instrument: InstrumentID(5), price: Price(290_000), settlementTime: expiry)]))

        #expect(balance(small, one) == -150_000_000 + 300_000_000)
        #expect(small.exchange.market.settled.contains(InstrumentID(5)))
    }

    @Test func `an inverse future settles in coin at the tick nearest to the index`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(60)
        try small.list(6, .inverseFuture, on: SmallExchange.btc, in: SmallExchange.btc, expiry: expiry)
        small.open(1)
        small.open(9, owner: 9)

        small.trade(6, 50_000, at: 50_000, buyer: 1, seller: 9)
        small.send(
            .settlement([Settlement(instrument: InstrumentID(6), price: Price(10_000_000), settlementTime: expiry)]))

        // 50,000 · (1/50,000 − 1/100,000) coin.
        #expect(balance(small, one, SmallExchange.btc) == 50_000_000)
    }

    @Test func `what the rules do not allow changes nothing and is counted`() throws {
        var small = try SmallExchange.withPerpetuals()
        let before = small.exchange.holdings

        small.trade(99, 1, at: 1, buyer: 1, seller: 9)
        small.trade(1, 1, at: 1, buyer: 1, seller: 1234)
        small.trade(1, 0, at: 1, buyer: 1, seller: 9)
        small.deposit(1, 1, AssetID(4321))
        small.index(SmallExchange.usd, 1)
        small.index(SmallExchange.btc, 0)

        #expect(small.exchange.holdings == before)
        #expect(small.exchange.refusals == [.unknown: 4, .outOfRange: 2])
    }

    @Test func `pending money does not count`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.deposit(1, 10, SmallExchange.usd, .pending)

        #expect(balance(small, one) == 0)
    }
}
