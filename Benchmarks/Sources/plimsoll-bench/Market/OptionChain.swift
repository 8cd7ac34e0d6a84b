import MarginDomain
import MarginModel

/// One underlying with 300 instruments and 61 scenario columns: the market of the cut's target.
///
/// 294 options (seven expiries, 21 strikes, calls and puts), a linear and an inverse perpetual, four dated futures.
/// Nothing expires within three days, so that half steps are off and every row has its 61 columns.
struct OptionChain {
    static let dollar = AssetID(1)
    static let coin = AssetID(3)
    static let start = Timestamp(1_772_442_000 * Duration64.perSecond)
    static let spotDollars = 60_000.0
    static let expiryDays = [10, 20, 40, 60, 90, 150, 250]
    static let strikesPerExpiry = 21

    let assets: [Asset]
    let instruments: [Instrument]

    init() throws(ListingFault) {
        let (dollar, coin) = (try Asset(listing: Self.dollarListed), try Asset(listing: Self.coinListed))
        assets = [dollar, coin]
        var instruments: [Instrument] = []
        for listing in Self.listings {
            let settlement = listing.settlementAsset == Self.dollar ? dollar : coin
            instruments.append(try Instrument(listing: listing, underlying: coin, settlement: settlement))
        }
        self.instruments = instruments
    }

    static let dollarListed = AssetListed(
        asset: dollar, symbol: Symbol(ascii: "USD"), moneyExponent: Exponent(-6), priceExponent: Exponent(-6),
        isNumeraire: true, isStablecoin: false, hasIndex: false)

    static let coinListed = AssetListed(
        asset: coin, symbol: Symbol(ascii: "BTC"), moneyExponent: Exponent(-8), priceExponent: Exponent(-2),
        isNumeraire: false, isStablecoin: false, hasIndex: true)

    static var expiries: [Timestamp] { expiryDays.map { start + .seconds(Int32($0 * 86_400)) } }

    /// Dollars, from 50 % to 150 % of spot.
    static var strikes: [Double] { (0..<strikesPerExpiry).map { spotDollars * (0.5 + 0.05 * Double($0)) } }

    static var listings: [InstrumentListed] {
        var listings: [InstrumentListed] = []
        func add(
            _ kind: ContractKind, _ settlement: AssetID, lot: Int8, _ type: OptionType = .none, strike: Double = 0,
            expiry: Timestamp = .zero
        ) {
            listings.append(
                InstrumentListed(
                    instrument: InstrumentID(UInt32(listings.count + 1)), symbol: Symbol(ascii: "BTC"), kind: kind,
                    optionType: type, underlying: coin, settlementAsset: settlement, priceExponent: Exponent(-2),
                    quantityExponent: Exponent(lot), strike: ticks(strike), expiry: expiry))
        }
        add(.linearPerpetual, dollar, lot: -3)
        add(.inversePerpetual, coin, lot: 1)
        for expiry in expiries.suffix(3) { add(.linearFuture, dollar, lot: -3, expiry: expiry) }
        for expiry in expiries.suffix(1) { add(.inverseFuture, coin, lot: 1, expiry: expiry) }
        for expiry in expiries {
            for strike in strikes {
                add(.linearOption, dollar, lot: -1, .call, strike: strike, expiry: expiry)
                add(.linearOption, dollar, lot: -1, .put, strike: strike, expiry: expiry)
            }
        }
        return listings
    }

    /// Hundredths of a dollar.
    static func ticks(_ dollars: Double) -> Price { Price(Int64((dollars * 100).rounded())) }
}

extension OptionChain {
    /// A book with everything listed and priced, cut once.
    func book() throws(ParameterFault) -> MarginBook {
        var book = MarginBook(parameters: try ModelParameters.set(of: [Self.coin]))
        for asset in assets { book.list(asset) }
        for instrument in instruments { book.list(instrument) }
        book.apply(Self.index(Self.spotDollars))
        for mark in Self.marks { book.apply(mark) }
        for point in Self.forwards { book.apply(point) }
        for point in Self.volatilities { book.apply(point) }
        book.refresh(Self.coin, at: Self.start)
        return book
    }

    /// The first prices of everything, as events.
    static var market: [EventGroup] {
        [.indexPrice([index(spotDollars)]), .markPrice(marks)] + forwards.map { .forwardPoint([$0]) }
            + [.volatilityPoint(volatilities)]
    }

    /// Of everything that is not an option, at spot.
    static var marks: [MarkPrice] {
        listings.filter { $0.optionType == .none }
            .map { MarkPrice(instrument: $0.instrument, price: ticks(spotDollars), publishTime: start) }
    }

    static var forwards: [ForwardPoint] {
        zip(expiries, expiryDays).map { expiry, days in
            ForwardPoint(
                underlying: coin, expiry: expiry, forward: ticks(forwardDollars(days)), settledForward: .zero,
                publishTime: start)
        }
    }

    /// A smile at every expiry.
    static var volatilities: [VolatilityPoint] {
        zip(expiries, expiryDays).flatMap { expiry, days in
            strikes.map { strike in
                let moneyness = strike / forwardDollars(days) - 1
                let volatility = 0.55 + 0.4 * moneyness * moneyness - 0.05 * moneyness
                return VolatilityPoint(
                    underlying: coin, expiry: expiry, strike: ticks(strike),
                    volatility: Volatility(Int64(volatility * Double(Volatility.scale))), last: strike == strikes.last,
                    publishTime: start)
            }
        }
    }

    private static func forwardDollars(_ days: Int) -> Double { spotDollars * (1 + 0.05 * Double(days) / 365) }

    static func index(_ dollars: Double) -> IndexPrice {
        IndexPrice(
            underlying: coin, price: ticks(dollars), confidence: Ratio(Ratio.scale), publishTime: start)
    }
}
