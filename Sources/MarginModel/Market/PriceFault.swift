public import MarginDomain

/// Why something has no margin: the input that is missing or unusable, by name. Never a number in disguise.
public enum PriceFault: Hashable, Sendable, CustomStringConvertible {
    /// The underlying was never cut, so it has no rows.
    case notRefreshed(AssetID)
    /// No positive index price.
    case index(AssetID)
    /// No positive forward of an expiry, or its settled part exceeds it.
    case forward(AssetID, Timestamp)
    /// No volatility of an expiry.
    case volatility(AssetID, Timestamp)
    /// No positive mark of a perpetual or future.
    case mark(InstrumentID)
    /// No price of a collateral asset.
    case collateralPrice(AssetID)
    /// The asset is not listed.
    case asset(AssetID)
    /// The instrument is not listed, or settled, or was listed after the last cut.
    case notListed(InstrumentID)
    /// The parameter set does not name the underlying.
    case parameters(AssetID)
    /// A number of the instrument's row is beyond what rounds exactly.
    case beyondRowRange(InstrumentID)

    public var description: String {
        switch self {
        case .notRefreshed(let asset): "no cut of underlying \(asset) yet"
        case .index(let asset): "no index price of underlying \(asset)"
        case .forward(let asset, let expiry): "no forward of underlying \(asset) for expiry \(expiry.nanoseconds)"
        case .volatility(let asset, let expiry): "no volatility of underlying \(asset) for expiry \(expiry.nanoseconds)"
        case .mark(let instrument): "no mark of instrument \(instrument)"
        case .collateralPrice(let asset): "no price of collateral \(asset)"
        case .asset(let asset): "asset \(asset) is not listed"
        case .notListed(let instrument): "instrument \(instrument) has no row"
        case .parameters(let asset): "no risk parameters for underlying \(asset)"
        case .beyondRowRange(let instrument): "values of instrument \(instrument) are beyond the model's range"
        }
    }
}
