import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// What pools are charged by that is not their own: funding, depth, open interest, and their owner's other pools.
@Suite struct OwnerTests {
    private static let other = PoolID(4)

    /// Account 4 belongs to the owner of account 1; the depth is 8 million dollars.
    private static func market(deposit: Int64 = 100_000_000) throws -> SmallMarket {
        var market = try SmallMarket()
        let values: [(StaticString, Int64)] = [
            ("fundingCap", 7_500_000), ("liquiditySlope", 20_000_000), ("liquidityCap", 200_000_000),
        ]
        market.send(
            .riskParameters(
                values.enumerated().map { place, value in
                    RiskParameters(
                        version: ParameterVersion(2), status: .effective, key: Symbol(ascii: value.0),
                        asset: AssetID(0), index: 0, value: Ratio(value.1), last: place == values.count - 1)
                }))
        market.send(.accountOpened([AccountOpened(account: AccountID(4), owner: OwnerID(1), pool: other)]))
        for account in [1, 4] as [UInt64] { market.deposit(account, deposit) }
        market.send(.depth([depth(8_000_000, at: market.time)]))
        market.publish(index: 60_000)
        return market
    }

    private static func depth(_ dollars: Int64, at time: Timestamp) -> Depth {
        Depth(
            underlying: SmallMarket.btc, bid: Value(dollars * 1_000_000), ask: Value(dollars * 1_000_000),
            publishTime: time)
    }

    private static func charge(_ component: MarginComponent, of pool: PoolID, _ market: SmallMarket) -> Int64? {
        (market.engine.margin(of: pool)?.margin.components[component].initial.quanta).map { $0 / 1_000_000 }
    }

    /// Account 4 buys from account 2.
    private static func buy(_ lots: Int64, _ market: inout SmallMarket) {
        market.send(
            .trade([
                Trade(
                    trade: TradeID(9), instrument: SmallMarket.perpetual, price: Price(6_000_000),
                    quantity: Quantity(lots), buyer: AccountID(4), buyerMode: .cross, buyerOrder: OrderID(0),
                    buyerFee: .zero, seller: AccountID(2), sellerMode: .cross, sellerOrder: OrderID(0),
                    sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: market.time)
            ]))
    }

    @Test func `an owner's other pools count at once, and are themselves charged with the next cut`() throws {
        var market = try Self.market()
        market.trade(10_000, of: SmallMarket.perpetual, at: Price(6_000_000))
        #expect(Self.charge(.liquidity, of: SmallMarket.pool, market) == 60_000)

        Self.buy(5_000, &market)

        #expect(Self.charge(.liquidity, of: Self.other, market) == 75_000)
        #expect(Self.charge(.liquidity, of: SmallMarket.pool, market) == 60_000)
        market.send(.clock([Clock(time: market.time + .seconds(2))]))
        #expect(Self.charge(.liquidity, of: SmallMarket.pool, market) == 150_000)
        // The same owner, so a pool of both would be charged the same together.
        market.send(
            .poolMembership([
                PoolMembership(
                    account: AccountID(4), instrument: .none, pool: SmallMarket.pool, agreement: .ownPool,
                    action: .join, contribution: .zero, pledge: .zero)
            ]))
        #expect(Self.charge(.liquidity, of: SmallMarket.pool, market) == 225_000)
    }

    @Test func `what is published counts from the next cut`() throws {
        var market = try Self.market()
        market.trade(10_000, of: SmallMarket.perpetual, at: Price(6_000_000))

        market.send(
            .fundingRate([
                FundingRate(instrument: SmallMarket.perpetual, rate: Rate(100_000), publishTime: market.time)
            ]))
        market.send(.depth([Self.depth(4_000_000, at: market.time)]))

        #expect(Self.charge(.funding, of: SmallMarket.pool, market) == 0)
        market.publish(index: 60_000)
        #expect(Self.charge(.funding, of: SmallMarket.pool, market) == 600)
        // The mean of both depths, 6 million, is twice as much as 3: `x = 0.02·1`.
        #expect(Self.charge(.liquidity, of: SmallMarket.pool, market) == 120_000)
        #expect(market.engine.margin(of: PoolID(2)).map { $0.margin.components[.funding].initial } == .zero)
    }

    /// 200 BTC need 1,992,000 for their move, basis and fee, and 4 % of 12 million for their size; half of it as much
    /// for each 100 BTC, but 1 % of 6 million for its size.
    @Test(arguments: [(2_480_000 as Int64, true), (2_460_000, false)])
    func `a check sees what an owner's size adds, in what passed before and in other pools`(
        equity: Int64, passes: Bool
    ) throws {
        var one = try Self.market(deposit: equity)
        var two = try Self.market(deposit: equity)
        var spread = try Self.market(deposit: equity / 2)

        let whole = try one.check(20_000, of: SmallMarket.perpetual)
        let first = try two.check(10_000, of: SmallMarket.perpetual)
        let second = try two.check(10_000, of: SmallMarket.perpetual)
        Self.buy(10_000, &spread)
        spread.publish(index: 60_000)
        let beside = try spread.check(10_000, of: SmallMarket.perpetual)

        #expect(whole.accepted == passes)
        #expect(first.accepted)
        #expect(second.accepted == passes)
        #expect(beside.accepted == passes)
    }

    @Test func `rates and depths that cannot be are refused`() throws {
        var market = try Self.market()
        let (now, early) = (market.time, Timestamp(market.time.nanoseconds + 5_000_000_000))
        func rate(_ instrument: InstrumentID, _ rate: Int64, _ time: Timestamp) -> FundingRate {
            FundingRate(instrument: instrument, rate: Rate(rate), publishTime: time)
        }

        let funding = market.send(
            .fundingRate([
                rate(InstrumentID(99), 1, now), rate(SmallMarket.call, 1, now),
                rate(SmallMarket.perpetual, 1_000_000_001, now), rate(SmallMarket.perpetual, 1, early),
                rate(SmallMarket.perpetual, 5, now), rate(SmallMarket.perpetual, 1, .zero),
            ]))
        var gold = Self.depth(1, at: now)
        gold.underlying = SmallMarket.gold
        let depth = market.send(
            .depth([gold, Self.depth(0, at: now), Self.depth(1, at: early), Self.depth(1, at: .zero)]))

        #expect(
            funding.refusals == [
                .unknownInstrument(InstrumentID(99)), .outOfRange(field: "instrument"), .outOfRange(field: "rate"),
                .fromTheFuture, .superseded,
            ])
        #expect(
            depth.refusals == [
                .outOfRange(field: "underlying"), .outOfRange(field: "bid"), .fromTheFuture, .superseded,
            ])
    }
}
