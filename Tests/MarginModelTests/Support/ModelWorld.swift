import MarginDomain
import MarginModel

/// A small listed world to build books from: assets 1 USD, 2 BTC, 3 ETH, 4 SOL, 5 USDC, 6 GOLD, with the default
/// parameters. Dollar amounts have six decimals, coins eight, index ticks are cents.
struct ModelWorld {
    static let start = Timestamp(1_760_000_000_000_000_000)
    static let usd = asset(1, "USD", money: -6, isNumeraire: true)
    static let btc = asset(2, "BTC", money: -8, hasIndex: true)
    static let eth = asset(3, "ETH", money: -8, hasIndex: true)
    static let sol = asset(4, "SOL", money: -8, hasIndex: true)
    static let usdc = asset(5, "USDC", money: -6, isStablecoin: true)
    static let gold = asset(6, "GOLD", money: -4)

    var book: MarginBook
    private var nextPool: UInt64 = 1

    init(_ parameters: ParameterSet = ModelWorld.parameters()) {
        book = MarginBook(parameters: parameters)
        for asset in [Self.usd, Self.btc, Self.eth, Self.sol, Self.usdc, Self.gold] { book.list(asset) }
    }

    static func after(days: Double) -> Timestamp { Timestamp(start.nanoseconds + Int64(days * 86_400e9)) }

    mutating func openPool() -> PoolSlot {
        nextPool += 1
        return book.openPool(PoolID(nextPool - 1))
    }

    /// Cents.
    mutating func index(_ asset: Asset, _ ticks: Int64) {
        book.apply(
            IndexPrice(
                underlying: asset.id, price: Price(ticks), confidence: Ratio(Ratio.scale), publishTime: Self.start))
    }

    mutating func forward(_ asset: Asset, days: Double, _ ticks: Int64, settled: Int64 = 0) {
        book.apply(
            ForwardPoint(
                underlying: asset.id, expiry: Self.after(days: days), forward: Price(ticks),
                settledForward: Price(settled), publishTime: Self.start))
    }

    mutating func rate(_ asset: Asset, days: Double, _ rate: Double) {
        book.apply(
            RatePoint(
                underlying: asset.id, expiry: Self.after(days: days), rate: Rate(Int64(rate * 1e9)),
                publishTime: Self.start))
    }

    mutating func volatility(_ asset: Asset, days: Double, strike: Int64, _ volatility: Double) {
        book.apply(
            VolatilityPoint(
                underlying: asset.id, expiry: Self.after(days: days), strike: Price(strike),
                volatility: Volatility(Int64((volatility * 1e9).rounded())), last: true, publishTime: Self.start))
    }

    mutating func mark(_ instrument: Instrument, _ ticks: Int64) {
        book.apply(MarkPrice(instrument: instrument.id, price: Price(ticks), publishTime: Self.start))
    }

    mutating func perpetual(_ id: UInt32, _ asset: Asset, inverse: Bool = false, lot: Int8 = -2) -> Instrument {
        list(
            id, asset, inverse ? .inversePerpetual : .linearPerpetual, lot: lot, settlement: inverse ? asset : Self.usd)
    }

    mutating func future(_ id: UInt32, _ asset: Asset, days: Double, inverse: Bool = false, lot: Int8 = -2)
        -> Instrument
    {
        list(
            id, asset, inverse ? .inverseFuture : .linearFuture, days: days, lot: lot,
            settlement: inverse ? asset : Self.usd)
    }

    /// Strike in cents.
    mutating func option(
        _ id: UInt32, _ asset: Asset, _ type: OptionType, strike: Int64, days: Double, inverse: Bool = false,
        lot: Int8 = -2, settlement: Asset? = nil
    ) -> Instrument {
        list(
            id, asset, inverse ? .inverseOption : .linearOption, type: type, strike: strike, days: days, lot: lot,
            settlement: settlement ?? (inverse ? asset : Self.usd))
    }

    mutating func add(_ lots: Int128, of instrument: Instrument, to pool: PoolSlot) {
        book.add(NetQuantity(lots), of: instrument.id, to: pool)
    }

    /// Smallest units.
    mutating func add(_ units: Int128, of asset: Asset, to pool: PoolSlot) {
        book.add(Balance(units), of: asset.id, to: pool)
    }

    private mutating func list(
        _ id: UInt32, _ asset: Asset, _ kind: ContractKind, type: OptionType = .none, strike: Int64 = 0,
        days: Double? = nil, lot: Int8, settlement: Asset
    ) -> Instrument {
        let listing = InstrumentListed(
            instrument: InstrumentID(id), symbol: .empty, kind: kind, optionType: type, underlying: asset.id,
            settlementAsset: settlement.id, priceExponent: Exponent(-2), quantityExponent: Exponent(lot),
            strike: Price(strike), expiry: days.map { Self.after(days: $0) } ?? .zero)
        do {
            let instrument = try Instrument(listing: listing, underlying: asset, settlement: settlement)
            book.list(instrument)
            return instrument
        } catch { preconditionFailure("\(error)") }
    }

    private static func asset(
        _ id: UInt32, _ name: String, money: Int8, isNumeraire: Bool = false, isStablecoin: Bool = false,
        hasIndex: Bool = false
    ) -> Asset {
        do {
            return try Asset(
                listing: AssetListed(
                    asset: AssetID(id), symbol: Symbol(name) ?? .empty, moneyExponent: Exponent(money),
                    priceExponent: Exponent(-2), isNumeraire: isNumeraire, isStablecoin: isStablecoin,
                    hasIndex: hasIndex))
        } catch { preconditionFailure("\(error)") }
    }
}
