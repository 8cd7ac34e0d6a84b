public import MarginDomain

/// Why a set of risk parameters was refused. Nothing of a refused set takes effect.
public enum ParameterFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// No parameter has this name.
    case unknownKey(Symbol)
    /// The entry's asset does not fit: 0 where an underlying is needed, or an asset where none is meant.
    case wrongScope(ParameterKey, AssetID)
    /// The value is outside ``ParameterKey/range``.
    case outOfRange(ParameterKey, AssetID, Ratio)
    /// A complete set lacks this one.
    case missing(ParameterKey, AssetID)
    /// The positions of a list are not 0, 1, 2 … each once, or there are too many or too few.
    case list(ParameterKey, AssetID)
    /// Tier bounds must rise, haircuts must not fall from tier to tier, and there is one haircut to each bound.
    case tiers(AssetID)
    /// Maintenance ≤ release ≤ initial, and the initial stablecoin charge at least that of maintenance.
    case order(ParameterKey)
    /// A spot move of zero is not a tail.
    case zeroTail
    /// Without approvals a value may only move the way that raises initial margin.
    case notRaised(ParameterKey, AssetID)
    /// A value of a published method cannot stand in a set, for the reason given.
    case methodValue(Symbol, MethodPath, String)
    /// Without approvals a published method's parameters may not change.
    case methodNotRaised(Symbol)

    public var description: String {
        switch self {
        case .unknownKey(let key): "no risk parameter is called \(key)"
        case .wrongScope(let key, let asset): "\(key.rawValue) cannot be set for asset \(asset)"
        case .outOfRange(let key, let asset, let value):
            "\(key.rawValue) of asset \(asset) is \(value.billionths) billionths, outside \(key.range)"
        case .missing(let key, let asset): "\(key.rawValue) of asset \(asset) is missing"
        case .list(let key, let asset): "the positions of \(key.rawValue) of asset \(asset) have gaps or a wrong count"
        case .tiers(let asset): "the haircut tiers of asset \(asset) do not rise"
        case .order(let key): "\(key.rawValue) is below the level that it must not undercut"
        case .notRaised(let key, let asset):
            "\(key.rawValue) of asset \(asset) may not change this way without approvals: it could lower margin"
        case .zeroTail: "a tail of zero is no move"
        case .methodValue(let model, let path, let reason): "\(model)/\(path): \(reason)"
        case .methodNotRaised(let model):
            "the parameters of \(model) may not change without approvals: it could lower margin"
        }
    }
}
