public import MarginDomain

/// Names and exponents of what is listed, to show numbers as people know them.
///
/// What is not known here shows by its number, so that a text can always be written.
public struct Nomenclature: Equatable, Sendable {
    private var assets: [AssetID: AssetListed] = [:]
    private var instruments: [InstrumentID: InstrumentListed] = [:]

    public init() {}

    /// Remembers listings; passes over everything else.
    public mutating func learn(_ events: EventGroup) {
        switch events {
        case .assetListed(let entries): for entry in entries { assets[entry.asset] = entry }
        case .instrumentListed(let entries): for entry in entries { instruments[entry.instrument] = entry }
        default: break
        }
    }

    public func name(_ asset: AssetID) -> String { assets[asset].map { "\($0.symbol)" } ?? "asset \(asset)" }

    public func name(_ instrument: InstrumentID) -> String {
        instruments[instrument].map { "\($0.symbol)" } ?? "instrument \(instrument)"
    }

    /// An index price, forward or strike of an asset, in dollars.
    public func price(_ price: Price, of asset: AssetID) -> String {
        assets[asset].map { DecimalText.scaled(price.ticks, $0.priceExponent) } ?? "\(price.ticks) ticks"
    }

    /// A price of an instrument in its quote.
    public func price(_ price: Price, of instrument: InstrumentID) -> String {
        instruments[instrument].map { DecimalText.scaled(price.ticks, $0.priceExponent) } ?? "\(price.ticks) ticks"
    }

    /// A size with its sign.
    public func quantity(_ quantity: Quantity, of instrument: InstrumentID) -> String {
        let sign = quantity.lots > 0 ? "+" : ""
        let text = instruments[instrument].map { DecimalText.scaled(quantity.lots, $0.quantityExponent) }
        return sign + (text ?? "\(quantity.lots) lots")
    }

    /// An amount of an asset with its name.
    public func amount(_ amount: Money, of asset: AssetID) -> String {
        let text = assets[asset].map { DecimalText.scaled(amount.units, $0.moneyExponent) } ?? "\(amount.units) units"
        return "\(text) \(name(asset))"
    }
}
