public import MarginDomain

/// The name of a risk parameter: the leaf name in the parameter file and the key of a `RiskParameters` entry.
///
/// The order of the cases is the canonical order of a parameter set on the bus and in digests.
public enum ParameterKey: String, CaseIterable, Hashable, Sendable {
    case tails
    case tailDamping
    case volUp
    case volDown
    case shortPower
    case longPowerFlat
    case longPowerSteep
    case volatilityFloor
    case kappa
    case halfStepDays
    case maintenance
    case release
    case initial
    case skewCap
    case skewWidth
    case skewWidthMin
    case nakedShort
    case nakedShortInitialExtra
    case minimumDeltaGross
    case minimumDeltaNet
    case stablecoinMaintenance
    case stablecoinInitial
    case liquidationFee
    case confidenceThreshold
    case confidenceMargin
    case slowPricePerSecond
    case slowPriceBand
    case fundingCap
    case liquiditySlope
    case liquidityCap
    case concentrationFree
    case concentrationFloor
    case concentrationSlope
    case concentrationCap
    case volatilityAge
    case volatilityAgeMargin
    case warningFactor
    case hysteresis
    case callSeconds
    case liquidationPriceBand
    case range
    case window
    case basisFloor
    case basisPerYear
    case tierBound
    case tierHaircut
    case liabilityHaircut
    case initialHaircut
    case approvals
    case dynamicMultiple
    case dynamicDecay
    case dynamicLimit
    case dynamicRise
    case dynamicFall
    case stressedWeight
    case stressedRange

    /// What a parameter is set for.
    public enum Scope: Hashable, Sendable {
        /// All pools: the entry's asset is 0.
        case everything
        /// One underlying: the entry names it.
        case underlying
        /// One collateral asset, or all others where the entry's asset is 0.
        case collateral
    }

    /// What the parameter is set for.
    public var scope: Scope {
        switch self {
        case .range, .window, .basisFloor, .basisPerYear, .stressedRange: .underlying
        case .tierBound, .tierHaircut, .liabilityHaircut, .initialHaircut: .collateral
        default: .everything
        }
    }

    /// Whether a complete set may leave it out: 0 is meant, and 0 is left out of every list of entries.
    ///
    /// So sets that were made before the key existed stay what they were.
    public var isOptional: Bool {
        switch self {
        case .approvals, .dynamicMultiple, .dynamicDecay, .dynamicLimit, .dynamicRise, .dynamicFall: true
        case .stressedWeight, .stressedRange: true
        case .fundingCap, .liquiditySlope, .liquidityCap: true
        case .concentrationFree, .concentrationFloor, .concentrationSlope, .concentrationCap: true
        case .volatilityAge, .volatilityAgeMargin: true
        default: false
        }
    }

    /// Whether the entries' index is a position in a list.
    public var isList: Bool { self == .tails || self == .tierBound || self == .tierHaircut }

    /// What a value may be; a set with any other value is refused whole.
    public var range: ClosedRange<Double> {
        switch self {
        case .tails: -0.95...20
        case .tailDamping, .kappa, .volDown, .skewCap, .liquidationPriceBand: 0...1
        case .volUp, .volatilityFloor: 0...10
        case .shortPower, .longPowerFlat, .longPowerSteep: 0...1
        case .halfStepDays: 0...30
        case .maintenance, .release, .initial: 0...10
        case .skewWidth: 0...100
        case .skewWidthMin: 0.000_001...10
        case .nakedShort, .nakedShortInitialExtra, .minimumDeltaGross, .minimumDeltaNet: 0...1
        case .stablecoinMaintenance, .stablecoinInitial, .liquidationFee: 0...1
        case .confidenceThreshold, .slowPriceBand: 0...1
        case .confidenceMargin: 0...10
        case .slowPricePerSecond: 0.000_001...1
        case .fundingCap, .liquiditySlope, .liquidityCap: 0...1
        case .concentrationFree, .concentrationSlope, .concentrationCap: 0...1
        case .concentrationFloor: 0...9_000_000_000
        case .volatilityAge: 0...1_000_000
        case .volatilityAgeMargin: 0...10
        case .warningFactor: 1...10
        case .hysteresis: 0...1
        case .callSeconds: 0...1_000_000
        case .range: 0.001...0.6
        case .window: 0...8
        case .basisFloor, .basisPerYear: 0...1
        case .tierBound: 0...Double.infinity
        case .tierHaircut, .liabilityHaircut, .initialHaircut: 0...1
        case .approvals: 0...8
        case .dynamicMultiple, .dynamicLimit: 0...100
        case .dynamicDecay, .dynamicRise, .dynamicFall, .stressedWeight: 0...1
        case .stressedRange: 0...0.6
        }
    }

    /// As the key of an entry.
    public var symbol: Symbol {
        guard let symbol = Symbol(rawValue) else { preconditionFailure("parameter names are short ASCII") }
        return symbol
    }

    /// The key that an entry names; nil for a name that does not exist.
    public init?(_ symbol: Symbol) { self.init(rawValue: symbol.description) }
}
