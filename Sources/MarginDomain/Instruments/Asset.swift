/// A currency or coin as the engine knows it: what ``AssetListed`` announced, checked.
public struct Asset: Hashable, Sendable {
    public let id: AssetID
    public let symbol: Symbol
    /// Power of ten of the smallest unit of balances.
    public let moneyExponent: Exponent
    /// Power of ten of a tick of its index price, forwards and strikes, in US dollars.
    public let priceExponent: Exponent
    public let role: Role

    /// How an asset counts in equity and in the requirement.
    public enum Role: Hashable, Sendable {
        /// The unit of account: never haircut.
        case numeraire
        /// Meant to be worth one numeraire: an add-on instead of a haircut.
        case stablecoin
        /// Has an index price, hence a row: collateral of this asset and derivatives on it offset.
        case underlying
        /// Everything else: valued at its collateral price, with a flat, tiered haircut.
        case collateral
    }

    /// Checks a listing; the reason of a refusal names the field.
    public init(listing: AssetListed) throws(ListingFault) {
        guard listing.asset.rawValue != 0 else { throw .zeroIdentifier }
        guard listing.moneyExponent.isValid else { throw .exponentOutOfRange(field: "moneyExponent") }
        guard listing.priceExponent.isValid else { throw .exponentOutOfRange(field: "priceExponent") }
        id = listing.asset
        symbol = listing.symbol
        moneyExponent = listing.moneyExponent
        priceExponent = listing.priceExponent
        switch (listing.isNumeraire, listing.isStablecoin, listing.hasIndex) {
        case (true, false, false): role = .numeraire
        case (false, true, false): role = .stablecoin
        case (false, false, true): role = .underlying
        case (false, false, false): role = .collateral
        default: throw .severalRoles
        }
    }

    /// A price of this asset in US dollars.
    public func dollars(_ price: Price) -> Double { Double(price.ticks) * priceExponent.scale }
}
