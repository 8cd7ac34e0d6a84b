import MarginDomain
import MarginExchange
import MarginModel

/// The market of the region targets: two underlyings with 300 options each, calls and puts at 25 strikes of six expiries.
///
/// Nothing expires within three days, so that half steps are off and every row has its 61 columns. A tick moves the index of
/// one underlying; a surface moves the volatility of each of its expiries in proportion.
struct RegionMarket {
    static let dollar = AssetID(1)
    static let coins = [AssetID(3), AssetID(4)]
    static let start = Timestamp(1_772_442_000 * Duration64.perSecond)
    static let expiryDays = [3.6, 7, 14, 30.6, 60, 180]
    static let strikesPerExpiry = 25
    static let optionsPerCoin = expiryDays.count * strikesPerExpiry * 2

    private(set) var spots = [60_000.0, 2_500.0]
    private(set) var volatilities = [[Double]](
        repeating: [Double](repeating: 0.55, count: expiryDays.count), count: coins.count)
    private(set) var time = start
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    static var assets: [AssetListed] {
        [
            AssetListed(
                asset: dollar, symbol: Symbol(ascii: "USD"), moneyExponent: Exponent(-6), priceExponent: Exponent(-6),
                isNumeraire: true, isStablecoin: false, hasIndex: false)
        ]
            + zip(coins, ["BTC", "ETH"]).map { coin, name in
                AssetListed(
                    asset: coin, symbol: Symbol(ascii: name), moneyExponent: Exponent(-8), priceExponent: Exponent(-4),
                    isNumeraire: false, isStablecoin: false, hasIndex: true)
            }
    }

    static var expiries: [Timestamp] {
        expiryDays.map { start + Duration64(Int64($0 * 86_400) * Duration64.perSecond) }
    }

    /// Within 2.2 deviations of 60 % volatility around the first spot.
    private static func strikes(_ coin: Int, _ expiry: Int) -> [Double] {
        let spot = coin == 0 ? 60_000.0 : 2_500.0
        let deviation = 0.6 * (expiryDays[expiry] / 365).squareRoot()
        return (0..<strikesPerExpiry).map { spot * (1 + Double($0 - 12) / 12 * 2.2 * deviation * 0.9) }
            .map { max($0, spot * 0.05) }
    }

    static var listings: [InstrumentListed] {
        var listings: [InstrumentListed] = []
        for (coin, asset) in coins.enumerated() {
            for (expiry, time) in expiries.enumerated() {
                for strike in strikes(coin, expiry) {
                    for type in [OptionType.call, .put] {
                        listings.append(
                            InstrumentListed(
                                instrument: InstrumentID(UInt32(listings.count + 1)), symbol: Symbol(ascii: "OPT"),
                                kind: .linearOption, optionType: type, underlying: asset, settlementAsset: dollar,
                                priceExponent: Exponent(-4), quantityExponent: Exponent(-1), strike: ticks(strike),
                                expiry: time))
                    }
                }
            }
        }
        return listings
    }

    static func ticks(_ dollars: Double) -> Price { Price(Int64((dollars * 10_000).rounded())) }

    /// The first prices of everything.
    var opening: [EventGroup] {
        Self.coins.indices.flatMap { coin in
            [index(coin)]
                + [
                    .forwardPoint(
                        Self.expiries.map {
                            ForwardPoint(
                                underlying: Self.coins[coin], expiry: $0, forward: Self.ticks(spots[coin]),
                                settledForward: .zero, publishTime: time)
                        })
                ] + [surface(coin)]
        }
    }

    private func index(_ coin: Int) -> EventGroup {
        .indexPrice([
            IndexPrice(
                underlying: Self.coins[coin], price: Self.ticks(spots[coin]), confidence: Ratio(Ratio.scale),
                publishTime: time)
        ])
    }

    private func surface(_ coin: Int) -> EventGroup {
        .volatilityPoint(
            Self.expiries.enumerated().flatMap { number, expiry in
                let strikes = Self.strikes(coin, number)
                return strikes.enumerated().map { place, strike in
                    let moneyness = Double(place - 12) / 12
                    return VolatilityPoint(
                        underlying: Self.coins[coin], expiry: expiry, strike: Self.ticks(strike),
                        volatility: Volatility(
                            Int64(volatilities[coin][number] * (1 + 0.2 * moneyness * moneyness) * 1e9)),
                        last: number == Self.expiries.count - 1 && place == strikes.count - 1, publishTime: time)
                }
            })
    }

    /// One price record: a relative move of one coin's index.
    mutating func tick(_ coin: Int, move: Double, after nanoseconds: Int64) -> EventGroup {
        time = time + Duration64(nanoseconds)
        spots[coin] *= 1 + move
        return index(coin)
    }

    /// One volatility record: each expiry moves by so much, one way or the other.
    mutating func surface(_ coin: Int, moves: Double, after nanoseconds: Int64) -> EventGroup {
        time = time + Duration64(nanoseconds)
        for expiry in volatilities[coin].indices {
            volatilities[coin][expiry] *= random.next() % 2 == 0 ? 1 + moves : 1 / (1 + moves)
        }
        return surface(coin)
    }
}
