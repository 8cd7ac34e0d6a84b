import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

/// A pool under expected shortfall whose log begins with real closes, and lives through the last twenty-five of them.
@Suite struct RealHistoryTests {
    private static let usd = AssetID(1)
    private static let coins = [(name: "BTC", asset: AssetID(10)), (name: "ETH", asset: AssetID(11))]
    private static let agreement = AgreementID(5)
    private static let pool = PoolID(50)

    @Test(.enabled(if: HistoryFile.isPresent, "the market data are absent"), arguments: [false, true])
    func `after every record the margin is that of the method on the closes so far`(holdsOption: Bool) throws {
        let days = try HistoryFile.records(Self.coins, days: 756)
        let indices = try holdsOption ? HistoryFile.indices(of: Self.coins[0].asset) : [:]
        var engine = EngineState(parameters: try Self.parameters())
        var closes = NaiveCloses()
        var number: UInt64 = 0
        var time = days[0].header.sendingTime
        func send(_ events: EventGroup) {
            number += 1
            let header = BatchHeader(
                source: SourceID(5), epoch: Epoch(1), firstSequence: SequenceNumber(number), sendingTime: time)
            let batch = EventBatch(header: header, events: events)
            closes.note(batch)
            _ = engine.apply(EventRecord(number: RecordNumber(number), epoch: Epoch(1), batch: batch))
        }
        for events in Self.opening { send(events) }
        var margins: [Double] = []
        var names: Set<MarginComponent> = []
        for (day, batch) in days.enumerated() {
            time = batch.header.sendingTime
            if day == 731 { for events in Self.trading(days[730]) { send(events) } }
            if day >= 731 { send(Self.marks(batch)) }
            send(batch.events)
            if let index = indices[time] { for events in Self.surface(batch, index) { send(events) } }
            if holdsOption, day == 731 { send(Self.soldCall(days[730])) }
            guard day >= 731 else { continue }
            let live = try #require(engine.margin(of: Self.pool)?.margin)
            #expect(live.status == .margined)
            let question = try #require(engine.question(about: Self.pool))
            let method = try ExpectedShortfall(.empty).given(
                history: closes.history(), grid: DefaultGrid(engine.parameters, symbols: engine.assetsBySymbol))
            let answer = try method.answer(question)
            #expect(live.initial.dollars == (answer.initialMargin * 1e6).rounded(.up) / 1e6)
            #expect(live.maintenance.dollars == (answer.maintenanceMargin * 1e6).rounded(.up) / 1e6)
            margins.append(live.initial.dollars / question.underlyings[0].spot)
            names.formUnion(live.components.entries.filter { $0.initial > .zero }.map(\.component))
        }

        // 99 % of a day's losses of one coin of BTC against five of ETH: some per cent of the coin, and moving.
        #expect(margins.count == 25 && margins.allSatisfy { (0.02...0.3).contains($0) }, "\(margins)")
        #expect(Set(margins.map { ($0 * 1e4).rounded() }).count > 5)
        #expect(names.isSubset(of: [.shortfall, .defaultModel]) && !names.isEmpty)
    }

    private static func parameters() throws -> ParameterSet {
        let values: KeyValuePairs = ["range": 0.16, "window": 1.0, "basisFloor": 0.005, "basisPerYear": 0.05]
        return try ParameterSet.bootstrap.applying(
            coins.flatMap { coin in
                values.map { key, value in
                    RiskParameters(
                        version: ParameterVersion(1), status: .effective, key: Symbol(key) ?? .empty, asset: coin.asset,
                        index: 0, value: Ratio(Int64(value * 1e9)), last: false)
                }
            }, version: ParameterVersion(1))
    }

    private static var opening: [EventGroup] {
        let money = AssetListed(
            asset: usd, symbol: Symbol(ascii: "USD"), moneyExponent: Exponent(-6), priceExponent: Exponent(-2),
            isNumeraire: true, isStablecoin: false, hasIndex: false)
        let listed = coins.map { coin in
            AssetListed(
                asset: coin.asset, symbol: Symbol(coin.name) ?? .empty, moneyExponent: Exponent(-8),
                priceExponent: Exponent(-2), isNumeraire: false, isStablecoin: false, hasIndex: true)
        }
        let perpetuals = coins.map { coin in
            InstrumentListed(
                instrument: InstrumentID(coin.asset.rawValue), symbol: Symbol("\(coin.name)-PERP") ?? .empty,
                kind: .linearPerpetual, optionType: .none, underlying: coin.asset, settlementAsset: usd,
                priceExponent: Exponent(-2), quantityExponent: Exponent(-2), strike: .zero, expiry: .zero)
        }
        let terms = PoolAgreement(
            agreement: agreement, kind: .oneOwner, version: ParameterVersion(1), betaMax: .zero, affiliates: false,
            contributionShare: .zero, pledgeMultiple: .zero, termsDigest: "",
            model: Symbol(ascii: "expected-shortfall"),
            ringFenceUtilisation: .zero, ringFenceTail: .zero, coverTwoAbove: 0, ramp: .zero, exitNotice: .zero,
            contributionHold: .zero)
        let accounts = [UInt64(1), 2].map {
            AccountOpened(account: AccountID($0), owner: OwnerID($0), pool: PoolID($0))
        }
        let join = PoolMembership(
            account: AccountID(1), instrument: .none, pool: pool, agreement: agreement, action: .join,
            contribution: .zero, pledge: .zero)
        return [
            .assetListed([money] + listed), .instrumentListed(perpetuals + [call]), .poolAgreement([terms]),
            .accountOpened(accounts), .poolMembership([join]),
        ]
    }

    /// Of BTC, beyond the last of the days.
    private static let call = InstrumentListed(
        instrument: InstrumentID(90), symbol: Symbol(ascii: "BTC-CALL"), kind: .linearOption, optionType: .call,
        underlying: coins[0].asset, settlementAsset: usd, priceExponent: Exponent(-2), quantityExponent: Exponent(-2),
        strike: Price(11_500_000), expiry: Timestamp(1_765_000_000_000_000_000))

    /// The day's index, and it as the volatility of the call, whose forward is the index price.
    private static func surface(_ batch: EventBatch, _ index: VolatilityIndex) -> [EventGroup] {
        guard case .indexPrice(let prices) = batch.events else { return [] }
        let forward = ForwardPoint(
            underlying: index.underlying, expiry: call.expiry, forward: prices[0].price, settledForward: .zero,
            publishTime: index.publishTime)
        let point = VolatilityPoint(
            underlying: index.underlying, expiry: call.expiry, strike: call.strike, volatility: index.volatility,
            last: true, publishTime: index.publishTime)
        return [.volatilityIndex([index]), .forwardPoint([forward]), .volatilityPoint([point])]
    }

    /// One coin's call, sold by account 1.
    private static func soldCall(_ batch: EventBatch) -> EventGroup {
        .trade([
            Trade(
                trade: TradeID(2), instrument: call.instrument, price: Price(500_000), quantity: Quantity(100),
                buyer: AccountID(2), buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero, seller: AccountID(1),
                sellerMode: .cross, sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                refersTo: TradeID(0), tradeTime: batch.header.sendingTime)
        ])
    }

    /// A deposit, and one coin of BTC against five of ETH, at the prices of a day.
    private static func trading(_ batch: EventBatch) -> [EventGroup] {
        guard case .indexPrice(let prices) = batch.events else { return [] }
        let deposit = Deposit(
            reference: Reference(1), account: AccountID(1), instrument: .none, asset: usd,
            amount: Money(100_000_000_000), status: .final)
        let trades = zip(prices, [Int64(100), -500]).map { price, lots in
            Trade(
                trade: TradeID(1), instrument: InstrumentID(price.underlying.rawValue), price: price.price,
                quantity: Quantity(abs(lots)), buyer: AccountID(lots > 0 ? 1 : 2), buyerMode: .cross,
                buyerOrder: OrderID(0), buyerFee: .zero, seller: AccountID(lots > 0 ? 2 : 1), sellerMode: .cross,
                sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0),
                tradeTime: batch.header.sendingTime)
        }
        return [.deposit([deposit]), .trade(trades)]
    }

    /// The perpetuals are marked at the index.
    private static func marks(_ batch: EventBatch) -> EventGroup {
        guard case .indexPrice(let prices) = batch.events else { return .markPrice([]) }
        return .markPrice(
            prices.map {
                MarkPrice(
                    instrument: InstrumentID($0.underlying.rawValue), price: $0.price, publishTime: $0.publishTime)
            })
    }
}
