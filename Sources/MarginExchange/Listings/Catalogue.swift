public import MarginDomain

/// Everything that the exchange lists, in order of listing.
public struct Catalogue: Sendable {
    /// As they are announced.
    public private(set) var assets: [AssetListed] = []
    public private(set) var instruments: [ListedInstrument] = []
    private var places: [InstrumentID: Int] = [:]
    private var assetsByID: [AssetID: Asset] = [:]

    /// The dollar: the numeraire.
    public static let dollar = AssetID(1)
    /// The stablecoin.
    public static let stablecoin = AssetID(2)
    /// Collateral without an index: valued at a collateral price, with a haircut.
    public static let gold = AssetID(7)

    /// Lists the underlyings of a market: perpetuals, dated futures and option chains of each.
    init(_ market: SyntheticMarket) throws(ExchangeError) {
        try announce("USD", Self.dollar, money: -6, price: -6, isNumeraire: true)
        try announce("USDC", Self.stablecoin, money: -6, price: -6, isStablecoin: true)
        for terms in market.scenario.underlyings {
            try announce(terms.symbol, terms.asset, money: -8, price: terms.indexExponent.power, hasIndex: true)
        }
        try announce("GOLD", Self.gold, money: -6, price: -4)
        for terms in market.scenario.underlyings { try list(terms, market) }
    }

    /// - Precondition: it is listed.
    public func instrument(_ id: InstrumentID) -> ListedInstrument {
        guard let place = places[id] else { preconditionFailure("instrument \(id) is not listed here") }
        return instruments[place]
    }

    /// - Precondition: it is listed.
    public func asset(_ id: AssetID) -> Asset {
        guard let asset = assetsByID[id] else { preconditionFailure("asset \(id) is not listed here") }
        return asset
    }

    /// Whether the instrument is listed at all.
    public func isListed(_ id: InstrumentID) -> Bool { places[id] != nil }

    private mutating func announce(
        _ symbol: String, _ id: AssetID, money: Int8, price: Int8, isNumeraire: Bool = false,
        isStablecoin: Bool = false, hasIndex: Bool = false
    ) throws(ExchangeError) {
        let listing = AssetListed(
            asset: id, symbol: try Self.symbol(symbol), moneyExponent: Exponent(money), priceExponent: Exponent(price),
            isNumeraire: isNumeraire, isStablecoin: isStablecoin, hasIndex: hasIndex)
        do throws(ListingFault) {
            assetsByID[id] = try Asset(listing: listing)
        } catch {
            throw .listing(symbol: symbol, error)
        }
        assets.append(listing)
    }

    mutating func add(_ listing: InstrumentListed) throws(ExchangeError) {
        do throws(ListingFault) {
            let listed = try ListedInstrument(
                listing, underlying: asset(listing.underlying), settlement: asset(listing.settlementAsset))
            places[listed.id] = instruments.count
            instruments.append(listed)
        } catch {
            throw .listing(symbol: listing.symbol.description, error)
        }
    }

    /// A name as it stands on the wire.
    static func symbol(_ text: String) throws(ExchangeError) -> Symbol {
        guard let symbol = Symbol(text) else { throw .nameTooLong(text) }
        return symbol
    }
}
