/// Why a case has no answer; the text names the part of the case.
public enum CaseFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A position or collateral names an underlying that is not in the case's market.
    case unknownUnderlying(String)
    /// The parameters do not name the underlying.
    case noParameters(String)
    /// No forward of the expiry in the case's market.
    case unknownExpiry(underlying: String, seconds: Double)
    /// A perpetual of an underlying without a perpetual price, or a future without a mark.
    case noMark(underlying: String)
    /// A number is not finite, or not positive where it must be.
    case badNumber(String)
    /// A case needs at least one member.
    case noMembers

    public var description: String {
        switch self {
        case .unknownUnderlying(let name): "\(name) is not in the market"
        case .noParameters(let name): "there are no risk parameters for \(name)"
        case .unknownExpiry(let name, let seconds): "the market of \(name) has no expiry in \(seconds) s"
        case .noMark(let name): "the market of \(name) has no mark for a perpetual or future"
        case .badNumber(let field): "\(field) is not a usable number"
        case .noMembers: "the case has no account"
        }
    }
}
