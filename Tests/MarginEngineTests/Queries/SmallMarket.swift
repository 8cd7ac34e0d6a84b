import MarginDomain
import MarginEngine
import MarginModel

/// An engine with BTC contracts and accounts, driven by events in dollars; account 1's pool is what questions are about.
struct SmallMarket {
    var engine: EngineState
    var time = Timestamp(1_800_000_000_000_000_000)
    /// All that was sent.
    private(set) var records: [EventRecord] = []

    static let usd = AssetID(1)
    static let usdc = AssetID(2)
    static let gold = AssetID(3)
    static let btc = AssetID(10)
    static let perpetual = InstrumentID(1)
    static let inverse = InstrumentID(2)
    static let call = InstrumentID(3)
    static let put = InstrumentID(4)
    static let farCall = InstrumentID(5)
    static let farPut = InstrumentID(6)
    static let pool = PoolID(1)
    static let expiry = Timestamp(1_800_000_000_000_000_000 + 30 * 86_400_000_000_000)

    init(share: ShardShare = .whole) throws {
        engine = EngineState(share: share, parameters: try Self.parameters())
        for event in Self.opening { send(event) }
        publish(index: 60_000)
        for account in 1...3 as ClosedRange<UInt64> {
            send(
                .accountOpened([
                    AccountOpened(account: AccountID(account), owner: OwnerID(account), pool: PoolID(account))
                ]))
        }
        deposit(2, 1_000_000_000)
    }

    static func parameters() throws -> ParameterSet {
        let entries: KeyValuePairs = ["range": 0.16, "window": 1.0, "basisFloor": 0.005, "basisPerYear": 0.05]
        return try ParameterSet.bootstrap.applying(
            entries.map { key, value in
                RiskParameters(
                    version: ParameterVersion(1), status: .effective, key: Symbol(key) ?? .empty, asset: btc, index: 0,
                    value: Ratio(Int64(value * 1e9)), last: false)
            }, version: ParameterVersion(1))
    }

    /// Applies a record of one message, a millisecond after the last.
    @discardableResult
    mutating func send(
        _ events: EventGroup, after wait: Duration64 = .milliseconds(1), from source: SourceID = SourceID(7)
    ) -> RecordEffects {
        time = time + wait
        let number = UInt64(records.count + 1)
        let header = BatchHeader(
            source: source, epoch: Epoch(1), firstSequence: SequenceNumber(number), sendingTime: time)
        records.append(
            EventRecord(
                number: RecordNumber(number), epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
        return engine.apply(records[records.count - 1])
    }

    mutating func publish(index dollars: Double) {
        let ticks = Price(Int64(dollars * 100))
        send(
            .markPrice(
                [Self.perpetual, Self.inverse].map { MarkPrice(instrument: $0, price: ticks, publishTime: time) }))
        send(
            .forwardPoint([
                ForwardPoint(
                    underlying: Self.btc, expiry: Self.expiry, forward: ticks, settledForward: .zero, publishTime: time)
            ]))
        send(
            .volatilityPoint([
                VolatilityPoint(
                    underlying: Self.btc, expiry: Self.expiry, strike: Price(6_000_000),
                    volatility: Volatility(550_000_000), last: true, publishTime: time)
            ]))
        let sure = Ratio(Ratio.scale)
        send(.indexPrice([IndexPrice(underlying: Self.btc, price: ticks, confidence: sure, publishTime: time)]))
        send(
            .collateralPrice([
                CollateralPrice(asset: Self.gold, price: Price(200_000), confidence: sure, publishTime: time)
            ]))
    }

    /// Whole dollars, or hundred-millionths of a coin.
    mutating func deposit(_ account: UInt64, _ amount: Int64, of asset: AssetID = usd) {
        let units = asset == Self.usd || asset == Self.usdc ? amount * 1_000_000 : amount
        send(
            .deposit([
                Deposit(
                    reference: Reference(1), account: AccountID(account), instrument: .none, asset: asset,
                    amount: Money(units), status: .final)
            ]))
    }

    /// Account 1 trades with account 2; positive = buys.
    @discardableResult
    mutating func trade(_ lots: Int64, of instrument: InstrumentID, at price: Price, order: UInt64 = 0) -> RecordEffects
    {
        let buyer: UInt64 = lots > 0 ? 1 : 2
        return send(
            .trade([
                Trade(
                    trade: TradeID(1), instrument: instrument, price: price, quantity: Quantity(abs(lots)),
                    buyer: AccountID(buyer), buyerMode: .cross, buyerOrder: OrderID(lots > 0 ? order : 0),
                    buyerFee: .zero, seller: AccountID(3 - buyer), sellerMode: .cross,
                    sellerOrder: OrderID(lots > 0 ? 0 : order), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                    refersTo: TradeID(0), tradeTime: time)
            ]))
    }

    /// Excess of pool 1 over initial and maintenance margin.
    var excess: MarginExcess? { engine.margin(of: Self.pool).flatMap { MarginExcess($0.margin) } }

    mutating func ask(_ query: Query) -> Answer? { engine.answer(query).first }

    /// Not the answer that was asked for.
    struct OtherAnswer: Error {
        let answer: Answer?
    }

    mutating func largest(
        _ instrument: InstrumentID, side: Int64, at price: Price = .zero
    ) throws(OtherAnswer) -> LargestAnswer {
        let query = LargestQuery(pool: Self.pool, instrument: instrument, side: Quantity(side), price: price)
        let found = ask(.largestQuery(query))
        guard case .largestAnswer(let answer)? = found else { throw OtherAnswer(answer: found) }
        return answer
    }

    mutating func whatIf(
        _ changes: [WhatIfChange], under version: ParameterVersion = ParameterVersion(0)
    ) throws(OtherAnswer) -> WhatIfAnswer {
        let found = ask(.whatIfQuery(WhatIfQuery(pool: Self.pool, version: version, changes: changes)))
        guard case .whatIfAnswer(let answer)? = found else { throw OtherAnswer(answer: found) }
        return answer
    }

    mutating func check(
        _ lots: Int64 = 0, of instrument: InstrumentID = .none, at price: Price = .zero, withdrawing amount: Int64 = 0,
        token: UInt64 = 0, seconds: Int32 = 5
    ) throws(OtherAnswer) -> CheckAnswer {
        let query = CheckQuery(
            account: AccountID(1), instrument: instrument, quantity: Quantity(lots), price: price, asset: Self.usd,
            amount: Money(-amount), reserveFor: .seconds(seconds), mode: .cross, token: Reference(token))
        let found = ask(.checkQuery(query))
        guard case .checkAnswer(let answer)? = found else { throw OtherAnswer(answer: found) }
        return answer
    }

    mutating func fault(_ query: Query) throws(OtherAnswer) -> QueryError {
        let found = ask(query)
        guard case .queryError(let error)? = found else { throw OtherAnswer(answer: found) }
        return error
    }

    static func change(_ lots: Int64, of instrument: InstrumentID, at price: Price) -> WhatIfChange {
        WhatIfChange(
            account: AccountID(0), instrument: instrument, quantity: Quantity(lots), price: price, asset: AssetID(0),
            amount: .zero)
    }

    static func change(_ amount: Int64, of asset: AssetID) -> WhatIfChange {
        WhatIfChange(
            account: AccountID(0), instrument: .none, quantity: .zero, price: .zero, asset: asset, amount: Money(amount)
        )
    }

    private static var opening: [EventGroup] {
        [
            .assetListed([
                asset(usd, "USD", money: -6, isNumeraire: true), asset(usdc, "USDC", money: -6, isStablecoin: true),
                asset(gold, "GOLD", money: -4), asset(btc, "BTC", money: -8, hasIndex: true),
            ]),
            .instrumentListed([
                instrument(perpetual, .linearPerpetual), instrument(inverse, .inversePerpetual, in: btc, lot: 1),
                instrument(call, .linearOption, .call, strike: 60_000),
                instrument(put, .linearOption, .put, strike: 60_000),
                instrument(farCall, .linearOption, .call, strike: 75_000),
                instrument(farPut, .linearOption, .put, strike: 48_000),
            ]),
        ]
    }

    private static func asset(
        _ id: AssetID, _ name: String, money: Int8, isNumeraire: Bool = false, isStablecoin: Bool = false,
        hasIndex: Bool = false
    ) -> AssetListed {
        AssetListed(
            asset: id, symbol: Symbol(name) ?? .empty, moneyExponent: Exponent(money), priceExponent: Exponent(-2),
            isNumeraire: isNumeraire, isStablecoin: isStablecoin, hasIndex: hasIndex)
    }

    private static func instrument(
        _ id: InstrumentID, _ kind: ContractKind, _ type: OptionType = .none, strike: Int64 = 0,
        in settlement: AssetID = usd,
        lot: Int8 = -2
    ) -> InstrumentListed {
        InstrumentListed(
            instrument: id, symbol: Symbol("I\(id)") ?? .empty, kind: kind, optionType: type, underlying: btc,
            settlementAsset: settlement, priceExponent: Exponent(-2), quantityExponent: Exponent(lot),
            strike: Price(strike * 100), expiry: type == .none ? .zero : expiry)
    }
}
