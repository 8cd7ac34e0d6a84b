/// Why a listing was refused. Nothing of a refused listing takes effect.
public enum ListingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Identifier 0 is reserved for "none".
    case zeroIdentifier
    /// An exponent lies outside ``Exponent/range``.
    case exponentOutOfRange(field: String)
    /// An asset is at most one of numeraire, stablecoin and underlying.
    case severalRoles
    /// The same identifier was listed with other terms; what prices an instrument never changes.
    case alreadyListedDifferently
    /// The underlying or settlement asset is not listed.
    case unknownAsset(AssetID)
    /// The underlying has no index price.
    case notAnUnderlying(AssetID)
    /// Linear contracts settle in the numeraire or a stablecoin, inverse ones in their underlying.
    case settlementAsset(AssetID)
    /// A tick times a lot must be a whole number of the settlement asset's smallest units.
    case inexactMoney
    /// A dated contract needs an expiry, a perpetual has none.
    case expiry
    /// An option has a type and a positive strike, anything else neither.
    case optionTerms
    /// The table is full (``EngineLimits``).
    case tableFull

    public var description: String {
        switch self {
        case .zeroIdentifier: "identifier 0 is reserved"
        case .exponentOutOfRange(let field): "\(field) is outside \(Exponent.range)"
        case .severalRoles: "an asset is at most one of numeraire, stablecoin and underlying"
        case .alreadyListedDifferently: "listed before with other terms"
        case .unknownAsset(let asset): "asset \(asset) is not listed"
        case .notAnUnderlying(let asset): "asset \(asset) has no index price"
        case .settlementAsset(let asset): "asset \(asset) cannot settle this kind of contract"
        case .inexactMoney: "a tick times a lot is not a whole number of the settlement asset's smallest units"
        case .expiry: "a dated contract needs an expiry, a perpetual has none"
        case .optionTerms: "an option has a type and a positive strike, anything else neither"
        case .tableFull: "the table is full"
        }
    }
}
