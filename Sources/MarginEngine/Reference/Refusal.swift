public import MarginDomain

/// Why an entry of a record changed nothing. A value, not an error: the log is right, the entry is not applicable.
///
/// Every refusal is counted by reason and shown; nothing is dropped in silence.
public enum Refusal: Hashable, Sendable {
    case unknownAsset(AssetID)
    case unknownInstrument(InstrumentID)
    case unknownAccount(AccountID)
    case unknownAgreement(AgreementID)
    /// The agreement names a margin method that there is not.
    case unknownMethod(Symbol)
    case listing(ListingFault)
    /// There is a numeraire already.
    case secondNumeraire
    /// The account or pool identifier is taken, 0, or reserved for derived ids.
    case identifierTaken
    /// Something is still held.
    case notEmpty
    /// The pool has another owner or agreement, or the member is in it already, or not in it.
    case membership
    /// What the agreement of a mutual pool asks for is not given.
    case mutual(MutualRefusal)
    /// The numbers of an SVI slice make no curve, or prices that can be arbitraged; the explanation says where.
    case svi(String)
    /// The volatilities of an expiry give prices that can be arbitraged; the explanation says where.
    case surface(String)
    /// An SVI slice came before a forward to measure moneyness against.
    case sliceWithoutForward
    /// Volatilities stand or wait at as many strikes of the expiry as they may.
    case tooManyStrikes(Timestamp)
    /// As many volatilities of the underlying wait to take effect as may.
    case tooManyWaiting(AssetID)
    /// A quantity, amount, price, volatility or rate outside its range; the field is named.
    case outOfRange(field: String)
    /// Published more than the tolerance after the engine's time.
    case fromTheFuture
    /// Published before the value it would replace.
    case superseded
    /// The member has as many orders in the market as it may have.
    case tooManyOrders(AccountID)
    /// The underlying has volatility indices of as many tenors as it may have.
    case tooManyTenors(AssetID)
    /// The set of parameters does not hold together; the explanation names the key.
    case parameters(String)
}

extension Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownAsset(let asset): "asset \(asset) is not listed"
        case .unknownInstrument(let instrument): "instrument \(instrument) is not listed"
        case .unknownAccount(let account): "account \(account) is not open"
        case .unknownAgreement(let agreement): "agreement \(agreement) is not known"
        case .unknownMethod(let name): "there is no margin method \(name) for pools"
        case .listing(let fault): "listing: \(fault)"
        case .secondNumeraire: "there is a numeraire already"
        case .identifierTaken: "identifier is taken or reserved"
        case .notEmpty: "something is still held"
        case .membership: "membership does not hold"
        case .mutual(let refusal): "mutual pool: \(refusal)"
        case .svi(let explanation): "SVI slice: \(explanation)"
        case .surface(let explanation): "volatilities: \(explanation)"
        case .sliceWithoutForward: "an SVI slice needs the expiry's forward before it"
        case .tooManyStrikes(let expiry):
            "expiry \(expiry) has volatilities at \(EngineLimits.volatilityStrikesMax) strikes already"
        case .tooManyWaiting(let asset):
            "\(EngineLimits.waitingVolatilitiesMax) volatilities of asset \(asset) wait for one that ends the surface"
        case .outOfRange(let field): "\(field) is out of range"
        case .fromTheFuture: "publishTime is ahead of the engine's time"
        case .superseded: "an input published later is in place"
        case .tooManyOrders(let account):
            "account \(account) has \(EngineLimits.ordersPerMemberMax) open orders already"
        case .tooManyTenors(let asset):
            "asset \(asset) has volatility indices of \(EngineLimits.tenorsPerUnderlyingMax) tenors already"
        case .parameters(let explanation): "parameters: \(explanation)"
        }
    }
}
