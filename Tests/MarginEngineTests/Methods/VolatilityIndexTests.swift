import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// Volatility indices on the bus: what is refused of them, and what a pool with options has from them.
@Suite struct VolatilityIndexTests {
    private static let pool = PoolID(50)
    private static let call = InstrumentID(9)
    private static let day = Duration64.seconds(86_400)
    private static let expiry = SmallMarket.expiry + .seconds(335 * 86_400)

    private static func index(
        _ level: Int64, tenor: UInt16 = 30, of asset: AssetID = SmallMarket.btc, at time: Timestamp
    ) -> VolatilityIndex {
        VolatilityIndex(underlying: asset, tenorDays: tenor, volatility: Volatility(level), publishTime: time)
    }

    @Test func `what cannot be right is refused by name`() throws {
        var market = try SmallMarket()
        let now = market.time
        func refusals(_ entries: VolatilityIndex...) -> [Refusal] { market.send(.volatilityIndex(entries)).refusals }

        for level in [.min, -1, 0, 9_999_999, 10_000_000_001, .max] as [Int64] {
            #expect(refusals(Self.index(level, at: now)) == [.outOfRange(field: "volatility")])
        }
        for tenor in [0, 3651, .max] as [UInt16] {
            #expect(refusals(Self.index(1_000_000_000, tenor: tenor, at: now)) == [.outOfRange(field: "tenorDays")])
        }
        #expect(refusals(Self.index(1_000_000_000, of: AssetID(99), at: now)) == [.unknownAsset(AssetID(99))])
        #expect(
            refusals(Self.index(1_000_000_000, of: SmallMarket.gold, at: now)) == [.outOfRange(field: "underlying")])
        #expect(refusals(Self.index(1_000_000_000, at: now + .seconds(5))) == [.fromTheFuture])
        #expect(refusals(Self.index(10_000_000, at: now), Self.index(10_000_000_000, at: now)).isEmpty)
        #expect(refusals(Self.index(1_000_000_000, at: Timestamp(now.nanoseconds - 1))) == [.superseded])
        for tenor in 1...7 as ClosedRange<UInt16> {
            #expect(refusals(Self.index(1_000_000_000, tenor: tenor, at: now)).isEmpty)
        }
        #expect(refusals(Self.index(1_000_000_000, tenor: 8, at: now)) == [.tooManyTenors(SmallMarket.btc)])
        #expect(refusals(Self.index(1_000_000_000, tenor: 7, at: now)).isEmpty)
    }

    @Test func `a pool with an option has a margin once its index has closes, and says how many there are`() throws {
        var market = try SmallMarket()
        let start = market.time
        try Self.hold(in: &market)
        for step in 1...120 as ClosedRange<Int64> {
            // A walk that comes back: up for a day, down for a day, further every time.
            Self.publish(&market, 60_000 + Double(step.isMultiple(of: 2) ? -step : step) * 20)
        }
        let without = try Self.standing(&market)
        // The whole history at once: a level a day, published at the ends of days long ago.
        let levels = (1...115 as ClosedRange<Int64>).map { step in
            Self.index(
                600_000_000 + step % 7 * 10_000_000,
                at: Timestamp(start.nanoseconds + step * Self.day.nanoseconds + 1))
        }
        let effects = market.send(.volatilityIndex(levels))
        let with = try Self.standing(&market)
        let margin = market.engine.margin(of: Self.pool)?.margin
        // The first level of another tenor, and the next.
        market.send(.volatilityIndex([Self.index(650_000_000, tenor: 7, at: market.time)]))
        Self.publish(&market, 60_000)
        let younger = try Self.standing(&market)

        guard case .quarantined(.methodRefused(.shortHistory, _)) = without.status else {
            Issue.record("the pool is \(without.status)")
            return
        }
        #expect(without.inputs == ["index 121", "volatilityIndex 0 missing"])
        #expect(effects.refusals.isEmpty)
        #expect(effects.signals.map(\.pool) == [Self.pool] && effects.signals.map(\.cause) == [.volatility])
        #expect(with.status == .margined)
        #expect(with.inputs == ["index 121", "30 days 120 0.63"])
        #expect(try #require(margin).components[.shortfall].initial > .zero)
        #expect(younger.status == .margined)
        #expect(younger.inputs == ["index 122", "7 days 1 0.65", "30 days 121 0.63"])
    }

    /// The status of the pool, and the closes of each factor as an explanation has them.
    private static func standing(_ market: inout SmallMarket) throws -> (status: MarginStatus, inputs: [String]) {
        let status = try #require(market.engine.margin(of: pool)).margin.status
        let query = ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0))
        let answer = market.ask(.explainQuery(query))
        guard case .explanation(let explanation)? = answer else { throw SmallMarket.OtherAnswer(answer: answer) }
        let inputs = explanation.inputs.compactMap { input in
            switch input.kind {
            case .index: "index \(input.closes)"
            case .volatilityIndex where input.status == .missing: "volatilityIndex \(input.closes) missing"
            case .volatilityIndex: "\(input.tenorDays) days \(input.closes) \(input.volatility.fraction)"
            default: nil as String?
            }
        }
        return (status, inputs)
    }

    /// Account 1 with its own money buys a call of a year under expected shortfall.
    private static func hold(in market: inout SmallMarket) throws {
        market.send(
            .instrumentListed([
                InstrumentListed(
                    instrument: call, symbol: Symbol(ascii: "CALL"), kind: .linearOption, optionType: .call,
                    underlying: SmallMarket.btc, settlementAsset: SmallMarket.usd, priceExponent: Exponent(-2),
                    quantityExponent: Exponent(-2), strike: Price(6_000_000), expiry: expiry)
            ]))
        market.send(
            .poolAgreement([
                PoolAgreement(
                    agreement: AgreementID(5), kind: .oneOwner, version: ParameterVersion(1), betaMax: .zero,
                    affiliates: false, contributionShare: .zero, pledgeMultiple: .zero, termsDigest: "",
                    model: Symbol(ascii: "expected-shortfall"), ringFenceUtilisation: .zero, ringFenceTail: .zero,
                    coverTwoAbove: 0, ramp: .zero, exitNotice: .zero, contributionHold: .zero)
            ]))
        market.send(
            .poolMembership([
                PoolMembership(
                    account: AccountID(1), instrument: .none, pool: pool, agreement: AgreementID(5), action: .join,
                    contribution: .zero, pledge: .zero)
            ]))
        market.deposit(1, 100_000)
        publish(&market, 60_000)
        market.trade(100, of: call, at: Price(1_000_000))
        market.send(
            .riskParameters([
                RiskParameters(
                    version: ParameterVersion(1), status: .effective, key: Symbol(ascii: "rule"), asset: AssetID(0),
                    index: 0, value: .zero, last: true, model: Symbol(ascii: "expected-shortfall"), table: .empty,
                    text: Symbol(ascii: "shortfall"))
            ]), from: .engine)
    }

    /// The next day's index price, forward and volatility.
    private static func publish(_ market: inout SmallMarket, _ dollars: Double) {
        let ticks = Price(Int64(dollars * 100))
        market.send(
            .forwardPoint([
                ForwardPoint(
                    underlying: SmallMarket.btc, expiry: expiry, forward: ticks, settledForward: .zero,
                    publishTime: market.time)
            ]), after: day)
        market.send(
            .volatilityPoint([
                VolatilityPoint(
                    underlying: SmallMarket.btc, expiry: expiry, strike: Price(6_000_000),
                    volatility: Volatility(600_000_000), last: true, publishTime: market.time)
            ]))
        market.send(
            .indexPrice([
                IndexPrice(
                    underlying: SmallMarket.btc, price: ticks, confidence: Ratio(Ratio.scale),
                    publishTime: market.time)
            ]))
    }
}
