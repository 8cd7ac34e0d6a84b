import MarginDomain
import MarginTestKit
import Testing

/// A ``NaiveExchange`` with a few assets and instruments, driven in dollars and whole units for hand-checked books.
struct SmallExchange {
    var exchange = NaiveExchange()
    var time = Timestamp(1_800_000_000_000_000_000)
    private var record = RecordNumber.start

    static let usd = AssetID(1)
    static let usdc = AssetID(2)
    static let gold = AssetID(3)
    static let btc = AssetID(10)
    static let eth = AssetID(11)
    static let source = SourceID(7)

    init() throws {
        try list(Self.usd, "USD", money: -6, price: -6, isNumeraire: true)
        try list(Self.usdc, "USDC", money: -6, price: -6, isStablecoin: true)
        try list(Self.gold, "GOLD", money: -6, price: -2)
        try list(Self.btc, "BTC", money: -8, price: -2, hasIndex: true)
        try list(Self.eth, "ETH", money: -8, price: -2, hasIndex: true)
        exchange.market.parameters.underlyings = [
            Self.btc: .init(range: 0.16, window: 1, basisFloor: 0.005, basisPerYear: 0.05),
            Self.eth: .init(range: 0.20, window: 1, basisFloor: 0.005, basisPerYear: 0.05),
        ]
    }

    /// Applies a record of one message, a millisecond after the last.
    @discardableResult
    mutating func send(_ events: EventGroup, from source: SourceID = source) -> [NaiveSignal] {
        time = time + Duration64.milliseconds(1)
        record = record.next
        let header = BatchHeader(
            source: source, epoch: Epoch(1), firstSequence: SequenceNumber(record.rawValue), sendingTime: time)
        return exchange.apply(EventBatch(header: header, events: events), record: record)
    }

    mutating func list(
        _ asset: AssetID, _ symbol: String, money: Int8, price: Int8, isNumeraire: Bool = false,
        isStablecoin: Bool = false, hasIndex: Bool = false
    ) throws {
        let name = try #require(Symbol(symbol))
        send(
            .assetListed([
                AssetListed(
                    asset: asset, symbol: name, moneyExponent: Exponent(money), priceExponent: Exponent(price),
                    isNumeraire: isNumeraire, isStablecoin: isStablecoin, hasIndex: hasIndex)
            ]))
    }

    /// Lists a contract with ticks of a cent and lots of a hundredth; contracts of one dollar for inverse futures.
    mutating func list(
        _ id: UInt32, _ kind: ContractKind, on underlying: AssetID, in settlement: AssetID? = nil,
        expiry: Timestamp = .zero, _ type: OptionType = .none, strike: Double = 0
    ) throws {
        let name = try #require(Symbol("I\(id)"))
        let isContract = kind == .inverseFuture || kind == .inversePerpetual
        send(
            .instrumentListed([
                InstrumentListed(
                    instrument: InstrumentID(id), symbol: name, kind: kind, optionType: type, underlying: underlying,
                    settlementAsset: settlement ?? Self.usd, priceExponent: Exponent(-2),
                    quantityExponent: Exponent(isContract ? 0 : -2), strike: Price(Int64(strike * 100)), expiry: expiry)
            ]))
    }

    mutating func open(_ account: UInt64, owner: UInt64 = 1) {
        send(
            .accountOpened([
                AccountOpened(account: AccountID(account), owner: OwnerID(owner), pool: PoolID(account))
            ]))
    }

    @discardableResult
    mutating func index(_ asset: AssetID, _ dollars: Double) -> [NaiveSignal] {
        let price = Price(Int64((dollars * 100).rounded()))
        return send(
            .indexPrice([IndexPrice(underlying: asset, price: price, confidence: Ratio(Ratio.scale), publishTime: time)]
            ))
    }

    @discardableResult
    mutating func mark(_ id: UInt32, _ dollars: Double) -> [NaiveSignal] {
        let price = Price(Int64((dollars * 100).rounded()))
        return send(.markPrice([MarkPrice(instrument: InstrumentID(id), price: price, publishTime: time)]))
    }

    @discardableResult
    mutating func forward(_ asset: AssetID, _ expiry: Timestamp, _ dollars: Double) -> [NaiveSignal] {
        let price = Price(Int64((dollars * 100).rounded()))
        return send(
            .forwardPoint([
                ForwardPoint(
                    underlying: asset, expiry: expiry, forward: price, settledForward: .zero, publishTime: time)
            ]))
    }

    @discardableResult
    mutating func volatility(
        _ asset: AssetID, _ expiry: Timestamp, strike: Double, _ sigma: Double, last: Bool = true
    ) -> [NaiveSignal] {
        send(
            .volatilityPoint([
                VolatilityPoint(
                    underlying: asset, expiry: expiry, strike: Price(Int64(strike * 100)),
                    volatility: Volatility(Int64(sigma * 1e9)), last: last, publishTime: time)
            ]))
    }

    @discardableResult
    mutating func deposit(
        _ account: UInt64, _ units: Double, _ asset: AssetID = usd, isolated: UInt32 = 0,
        _ status: DepositStatus = .final
    ) -> [NaiveSignal] {
        let scale = asset == Self.btc || asset == Self.eth ? 1e8 : 1e6
        return send(
            .deposit([
                Deposit(
                    reference: Reference(1), account: AccountID(account), instrument: InstrumentID(isolated),
                    asset: asset, amount: Money(Int64((units * scale).rounded())), status: status)
            ]))
    }

    static func trade(
        _ id: UInt32, _ lots: Int64, at dollars: Double, buyer: UInt64, seller: UInt64, isolated: Bool = false,
        fee: Int64 = 0, _ kind: TradeKind = .normal
    ) -> Trade {
        Trade(
            trade: TradeID(1), instrument: InstrumentID(id), price: Price(Int64((dollars * 100).rounded())),
            quantity: Quantity(lots), buyer: AccountID(buyer), buyerMode: isolated ? .isolated : .cross,
            buyerOrder: OrderID(0), buyerFee: Money(fee), seller: AccountID(seller), sellerMode: .cross,
            sellerOrder: OrderID(0), sellerFee: Money(fee), kind: kind, plan: PlanID(0), refersTo: TradeID(0),
            tradeTime: .zero)
    }

    @discardableResult
    mutating func trade(
        _ id: UInt32, _ lots: Int64, at dollars: Double, buyer: UInt64, seller: UInt64, isolated: Bool = false,
        fee: Int64 = 0, _ kind: TradeKind = .normal
    ) -> [NaiveSignal] {
        send(
            .trade([
                Self.trade(
                    id, lots, at: dollars, buyer: buyer, seller: seller, isolated: isolated, fee: fee, kind)
            ]))
    }

    func margin(_ pool: UInt64) throws -> NaiveMargin { try #require(exchange.pools[PoolID(pool)]?.margin) }

    func state(_ pool: UInt64) -> LifeCycle? { exchange.pools[PoolID(pool)]?.state }
}

extension Value {
    /// Whole and broken dollars.
    static func dollars(_ dollars: Double) -> Value { Value(Int64((dollars * 1e6).rounded())) }
}
