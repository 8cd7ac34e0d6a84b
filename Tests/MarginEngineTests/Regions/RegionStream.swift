import MarginDomain
import MarginModel
import MarginTestKit

/// A calm market of two coins with options of both kinds, perpetuals and futures, and pools whose equity lies about their
/// levels: nothing keeps regions from being found, and every few ticks somebody leaves one.
struct RegionStream {
    static let dollar = AssetID(1)
    static let coins = [AssetID(10), AssetID(11)]
    private static let start = Timestamp(1_772_442_000 * Duration64.perSecond)
    private static let expiryDays = [2, 9, 40, 200]
    private static let strikes = [0.7, 0.85, 0.95, 1, 1.05, 1.2, 1.4]

    private var random: SplitMix64
    private var spots = [60_000.0, 2_500.0]
    private var volatility = [0.5, 0.7]
    private(set) var time = start
    private var trades: UInt64 = 0
    let poolCount: Int

    init(seed: UInt64, poolCount: Int) {
        random = SplitMix64(seed: seed)
        self.poolCount = poolCount
    }

    private static func ticks(_ dollars: Double) -> Price { Price(Int64((dollars * 100).rounded())) }

    private static var expiries: [Timestamp] { expiryDays.map { start + .seconds(Int32($0 * 86_400)) } }

    static var listings: [InstrumentListed] {
        var listings: [InstrumentListed] = []
        func list(
            _ kind: ContractKind, _ coin: Int, _ type: OptionType = .none, strike: Double = 0,
            expiry: Timestamp = .zero
        ) {
            let isInverse = kind == .inversePerpetual || kind == .inverseFuture || kind == .inverseOption
            listings.append(
                InstrumentListed(
                    instrument: InstrumentID(UInt32(listings.count + 1)), symbol: Symbol(ascii: "I"), kind: kind,
                    optionType: type, underlying: coins[coin], settlementAsset: isInverse ? coins[coin] : dollar,
                    priceExponent: Exponent(-2), quantityExponent: Exponent(-2), strike: ticks(strike),
                    expiry: expiry))
        }
        for (coin, spot) in [60_000.0, 2_500.0].enumerated() {
            list(.linearPerpetual, coin)
            list(.inversePerpetual, coin)
            list(.linearFuture, coin, expiry: expiries[2])
            list(.inverseFuture, coin, expiry: expiries[3])
            for expiry in expiries {
                for strike in strikes {
                    let kind = strike > 1 ? ContractKind.inverseOption : .linearOption
                    list(kind, coin, .call, strike: strike * spot, expiry: expiry)
                    list(kind, coin, .put, strike: strike * spot, expiry: expiry)
                }
            }
        }
        return listings
    }

    /// Assets, contracts, prices, and everybody's positions.
    mutating func opening() -> [EventGroup] {
        var groups: [EventGroup] = [.assetListed(Self.assets), .instrumentListed(Self.listings)]
        for coin in Self.coins.indices { groups += [index(coin), forwards(coin), surface(coin), marks(coin)] }
        groups.append(
            .accountOpened(
                (1...UInt64(poolCount)).map {
                    AccountOpened(account: AccountID($0), owner: OwnerID($0), pool: PoolID($0))
                }))
        groups.append(
            .deposit(
                (1...UInt64(poolCount)).map {
                    deposit(AccountID($0), dollars: random.number(500, 8_000))
                }))
        for _ in 0..<poolCount * 4 { groups.append(trade()) }
        return groups
    }

    private static var assets: [AssetListed] {
        [
            AssetListed(
                asset: dollar, symbol: Symbol(ascii: "USD"), moneyExponent: Exponent(-6), priceExponent: Exponent(-6),
                isNumeraire: true, isStablecoin: false, hasIndex: false)
        ]
            + zip(coins, ["BTC", "ETH"]).map { coin, name in
                AssetListed(
                    asset: coin, symbol: Symbol(ascii: name), moneyExponent: Exponent(-8), priceExponent: Exponent(-2),
                    isNumeraire: false, isStablecoin: false, hasIndex: true)
            }
    }

    static func parameters() throws -> ParameterSet {
        let values: [(ParameterKey, Double)] = [
            (.range, 0.16), (.window, 1), (.basisFloor, 0.005), (.basisPerYear, 0.05),
        ]
        let entries = coins.flatMap { coin in
            values.map { key, value in
                RiskParameters(
                    version: ParameterVersion(1), status: .effective, key: key.symbol, asset: coin, index: 0,
                    value: Ratio(Int64(value * 1e9)), last: false)
            }
        }
        return try ParameterSet.bootstrap.applying(entries, version: ParameterVersion(1))
    }

    /// The next record: mostly a tick; a mark, a surface, a trade or money now and then.
    mutating func next() -> EventGroup {
        let coin = random.index(2)
        time = time + Duration64(Int64(random.index(400) + 1) * 1_000_000)
        switch random.index(40) {
        case 0:
            time = time + .seconds(1)
            volatility[coin] *= random.number(0.97, 1.03)
            return surface(coin)
        case 1: return forwards(coin)
        case 2, 3: return marks(coin)
        case 4: return trade()
        case 5:
            let account = AccountID(UInt64(random.index(poolCount) + 1))
            return .deposit([deposit(account, dollars: random.number(1, 500))])
        default:
            spots[coin] *= random.number(0.9985, 1.00148)
            return index(coin)
        }
    }

    private func index(_ coin: Int) -> EventGroup {
        .indexPrice([
            IndexPrice(
                underlying: Self.coins[coin], price: Self.ticks(spots[coin]), confidence: Ratio(Ratio.scale),
                publishTime: time)
        ])
    }

    private func forwards(_ coin: Int) -> EventGroup {
        .forwardPoint(
            zip(Self.expiries, Self.expiryDays).map { expiry, days in
                ForwardPoint(
                    underlying: Self.coins[coin], expiry: expiry,
                    forward: Self.ticks(spots[coin] * (1 + 0.04 * Double(days) / 365)), settledForward: .zero,
                    publishTime: time)
            })
    }

    private mutating func marks(_ coin: Int) -> EventGroup {
        .markPrice(
            Self.listings.filter { $0.underlying == Self.coins[coin] && $0.optionType == .none }.map {
                MarkPrice(
                    instrument: $0.instrument, price: Self.ticks(spots[coin] * random.number(0.9995, 1.0005)),
                    publishTime: time)
            })
    }

    private func surface(_ coin: Int) -> EventGroup {
        let spot = coin == 0 ? 60_000.0 : 2_500.0
        return .volatilityPoint(
            Self.expiries.flatMap { expiry in
                Self.strikes.map { strike in
                    VolatilityPoint(
                        underlying: Self.coins[coin], expiry: expiry, strike: Self.ticks(strike * spot),
                        volatility: Volatility(
                            Int64(volatility[coin] * (1 + 0.3 * (strike - 1) * (strike - 1)) * 1e9)),
                        last: expiry == Self.expiries.last && strike == Self.strikes.last, publishTime: time)
                }
            })
    }

    private func deposit(_ account: AccountID, dollars: Double) -> Deposit {
        Deposit(
            reference: Reference(1), account: account, instrument: .none, asset: Self.dollar,
            amount: Money(Int64(dollars * Double(Value.perDollar))), status: .final)
    }

    private mutating func trade() -> EventGroup {
        trades += 1
        let listing = Self.listings[random.index(Self.listings.count)]
        let coin = listing.underlying == Self.coins[0] ? 0 : 1
        let buyer = UInt64(random.index(poolCount) + 1)
        let seller = (buyer + UInt64(random.index(poolCount - 1))) % UInt64(poolCount) + 1
        return .trade([
            Trade(
                trade: TradeID(trades), instrument: listing.instrument,
                price: Self.ticks(listing.optionType == .none ? spots[coin] : spots[coin] * 0.02),
                quantity: Quantity(Int64(random.index(coin == 0 ? 8 : 200) + 1)), buyer: AccountID(buyer),
                buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero, seller: AccountID(seller),
                sellerMode: .cross, sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                refersTo: TradeID(0), tradeTime: time)
        ])
    }
}
