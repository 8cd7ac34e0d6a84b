public import MarginDomain

/// The exponents that listings have announced, which turn ticks, lots and smallest units into decimals and back.
///
/// SBE carries integers and needs none of this; only the JSON mirror does. A listing never changes an exponent: of
/// two that disagree the first stays, as in the engine.
public struct Scales: Sendable {
    private struct AssetScales {
        let money: Exponent
        let price: Exponent
    }

    private struct InstrumentScales {
        let price: Exponent
        let quantity: Exponent
        let underlying: AssetID
        let settlementAsset: AssetID
    }

    private var assets: [AssetID: AssetScales] = [:]
    private var instruments: [InstrumentID: InstrumentScales] = [:]

    /// Knowing nothing.
    public init() {}

    /// Remembers what a listing announces; other events teach nothing. Beyond ``EngineLimits`` nothing is added.
    public mutating func learn(_ events: EventGroup) {
        switch events {
        case .assetListed(let entries): for entry in entries { learn(entry) }
        case .instrumentListed(let entries): for entry in entries { learn(entry) }
        default: break
        }
    }

    /// Remembers an asset's exponents.
    public mutating func learn(_ listing: AssetListed) {
        guard assets[listing.asset] == nil, assets.count < EngineLimits.assetsMax else { return }
        assets[listing.asset] = AssetScales(money: listing.moneyExponent, price: listing.priceExponent)
    }

    /// Remembers an instrument's exponents.
    public mutating func learn(_ listing: InstrumentListed) {
        guard instruments[listing.instrument] == nil, instruments.count < EngineLimits.instrumentsMax else { return }
        instruments[listing.instrument] = InstrumentScales(
            price: listing.priceExponent,
            quantity: listing.quantityExponent,
            underlying: listing.underlying,
            settlementAsset: listing.settlementAsset
        )
    }
}

extension Scales {
    func money(of asset: AssetID) -> Scale { Scale(exponent: assets[asset]?.money, owner: .asset(asset)) }

    func price(of asset: AssetID) -> Scale { Scale(exponent: assets[asset]?.price, owner: .asset(asset)) }

    func price(of instrument: InstrumentID) -> Scale {
        Scale(exponent: instruments[instrument]?.price, owner: .instrument(instrument))
    }

    func quantity(of instrument: InstrumentID) -> Scale {
        Scale(exponent: instruments[instrument]?.quantity, owner: .instrument(instrument))
    }

    /// In ticks of the index of the instrument's underlying.
    func underlyingPrice(of instrument: InstrumentID) -> Scale {
        guard let listing = instruments[instrument] else { return Scale(exponent: nil, owner: .instrument(instrument)) }
        return price(of: listing.underlying)
    }

    /// In smallest units of the asset that the instrument settles in.
    func settlementMoney(of instrument: InstrumentID) -> Scale {
        guard let listing = instruments[instrument] else { return Scale(exponent: nil, owner: .instrument(instrument)) }
        return money(of: listing.settlementAsset)
    }
}
