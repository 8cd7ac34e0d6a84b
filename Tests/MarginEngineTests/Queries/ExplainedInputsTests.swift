import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// The published inputs that an explanation names; that they are all there are is `PricedInputTests`.
@Suite struct ExplainedInputsTests {
    @Test func `an explanation names every input with its kind, its exact value and its age`() throws {
        var market = try SmallMarket()
        let published = market.time
        market.deposit(1, 100_000)
        market.deposit(1, 5, of: SmallMarket.gold)
        market.send(
            .fundingRate([FundingRate(instrument: SmallMarket.perpetual, rate: Rate(100_000), publishTime: published)]))
        market.send(
            .depth([
                Depth(
                    underlying: SmallMarket.btc, bid: dollars(9_000_000), ask: dollars(8_000_000),
                    publishTime: published)
            ]))
        market.send(
            .ratePoint([
                RatePoint(
                    underlying: SmallMarket.btc, expiry: SmallMarket.expiry, rate: Rate(40_000_000),
                    publishTime: published)
            ]))
        market.trade(10, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(10, of: SmallMarket.call, at: Price(300_000))

        let inputs = try Self.inputs(&market)

        #expect(inputs.map(\.kind) == [.collateral, .index, .forward, .rate, .volatility, .mark, .funding, .depth])
        #expect(inputs.allSatisfy { $0.status == .trusted && $0.age > .zero })
        #expect(inputs.suffix(2).allSatisfy { $0.age == market.time - published })
        #expect(inputs.map(\.price.ticks) == [200_000, 6_000_000, 6_000_000, 0, 0, 0, 0, 0])
        #expect(inputs.prefix(2).allSatisfy { $0.confidence == Ratio(Ratio.scale) })
        #expect(inputs[2].indexThen == Price(6_000_000) || inputs[2].indexThen == .zero)
        #expect(inputs[2...4].allSatisfy { $0.expiry == SmallMarket.expiry })
        #expect(inputs[3].rate == Rate(40_000_000))
        #expect(inputs[4].strike == Price(6_000_000) && inputs[4].volatility == Volatility(550_000_000))
        #expect(inputs[5].mark == Price(6_000_000) && inputs[5].instrument == SmallMarket.perpetual)
        #expect(inputs[6].rate == Rate(100_000) && inputs[6].instrument == SmallMarket.perpetual)
        #expect(inputs[7].depth == dollars(8_000_000))
    }

    @Test func `an order's inputs are there, and a slice's numbers as they were published`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000)
        let slice = SviSlice(
            underlying: SmallMarket.btc, expiry: SmallMarket.expiry, a: Ratio(10_000_001), b: Ratio(40_000_002),
            rho: Ratio(-300_000_003), m: Ratio(20_000_004), s: Ratio(200_000_005), referenceYears: Ratio(82_191_780),
            last: true, publishTime: market.time + .seconds(2))
        market.send(.sviSlice([slice]), after: .seconds(2))
        #expect(try Self.inputs(&market).isEmpty, "dollars depend on nothing")
        market.send(
            .orderUpdate([
                OrderUpdate(
                    action: .open, order: OrderID(5), account: AccountID(1), mode: .cross,
                    instrument: SmallMarket.call, price: Price(1_000), remaining: Quantity(-3),
                    updateTime: market.time)
            ]))

        let inputs = try Self.inputs(&market)

        #expect(inputs.map(\.kind) == [.index, .forward, .slice])
        let found = try #require(inputs.last)
        #expect([found.a, found.b, found.rho, found.m, found.s] == [slice.a, slice.b, slice.rho, slice.m, slice.s])
        #expect(found.referenceYears == slice.referenceYears && found.expiry == SmallMarket.expiry)
    }

    @Test func `an input of a source that is not trusted says so, and one that nobody published is missing`() throws {
        var market = try SmallMarket()
        let silver = AssetID(4)
        market.deposit(1, 100_000)
        market.trade(10, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.send(
            .assetListed([
                AssetListed(
                    asset: silver, symbol: Symbol("SILVER") ?? .empty, moneyExponent: Exponent(-4),
                    priceExponent: Exponent(-2), isNumeraire: false, isStablecoin: false, hasIndex: false)
            ]))
        market.deposit(1, 5, of: silver)
        market.send(
            .sourceSilent([
                SourceSilent(
                    subject: SourceID(7), subjectEpoch: Epoch(1), lastSequence: SequenceNumber(1),
                    reason: .heartbeatMissed)
            ]))

        let inputs = try Self.inputs(&market)

        #expect(inputs.map(\.kind) == [.collateral, .index, .mark])
        #expect(inputs.map(\.status) == [.missing, .untrusted, .untrusted])
        #expect(inputs[0].underlying == silver && inputs[0].price == .zero && inputs[0].age == .zero)
    }

    @Test func `the pool of a mutual agreement names what its members depend on, a member what it does itself`() throws
    {
        var pools = try MutualMarket()
        pools.joinBoth()
        pools.market.deposit(3, 5, of: SmallMarket.gold)

        #expect(pools.explanation(MutualMarket.long)?.inputs.map(\.kind) == [.index, .mark])
        #expect(pools.explanation(MutualMarket.short)?.inputs.map(\.kind) == [.collateral, .index, .mark])
        #expect(pools.explanation(MutualMarket.pool)?.inputs.map(\.kind) == [.collateral, .index, .mark])
    }

    private static func inputs(_ market: inout SmallMarket) throws -> [MarketInput] {
        let query = ExplainQuery(pool: SmallMarket.pool, record: .start, version: ParameterVersion(0))
        let answer = market.ask(.explainQuery(query))
        guard case .explanation(let explanation)? = answer else { throw SmallMarket.OtherAnswer(answer: answer) }
        return explanation.inputs
    }
}
