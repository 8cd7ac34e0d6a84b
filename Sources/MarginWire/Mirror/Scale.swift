public import MarginDomain

/// The power of ten that a decimal is written in, or whose it is if it has not been announced.
struct Scale: Equatable, Sendable {
    /// nil if the owner has not been listed.
    let exponent: Exponent?
    let owner: ScaleOwner

    /// One that the schema fixes.
    static func power(_ power: Int8) -> Scale { Scale(exponent: Exponent(power), owner: .schema) }
}

/// Whose exponent a decimal has.
public enum ScaleOwner: Equatable, Sendable {
    /// The schema's own, for values, ratios, Greeks and the like.
    case schema
    /// An asset's, announced by AssetListed.
    case asset(AssetID)
    /// An instrument's, announced by InstrumentListed.
    case instrument(InstrumentID)
}

extension ScaleOwner: CustomStringConvertible {
    public var description: String {
        switch self {
        case .schema: "the schema"
        case .asset(let asset): "asset \(asset)"
        case .instrument(let instrument): "instrument \(instrument)"
        }
    }
}
