public import MarginDomain

/// The default model's parameters, under the names of the parameter file, as the oracle reads them.
///
/// Kept as the exact ratios of the wire; every formula turns them into fractions where it uses them.
/// The initial values are those of `config/risk/plimsoll.yaml` without its underlyings: what is not named cannot be margined.
public struct NaiveParameters: Equatable, Sendable {
    /// Of the last set that took effect.
    public var version = ParameterVersion(0)

    /// Spot moves beyond the range, in canonical order.
    public var tails = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5].map(Ratio.init(decimal:))
    /// The parameters that are one number each, by name.
    public var scalars: [String: Ratio] = [
        "tailDamping": 0.77, "volUp": 0.60, "volDown": 0.30, "shortPower": 0.30, "longPowerFlat": 0.13,
        "longPowerSteep": 0.70, "volatilityFloor": 0.50, "kappa": 0.8, "halfStepDays": 3,
        "maintenance": 0.8, "release": 0.9, "initial": 1,
        "skewCap": 0.20, "skewWidth": 2.4, "skewWidthMin": 0.01,
        "nakedShort": 0.003, "nakedShortInitialExtra": 0.002, "minimumDeltaGross": 0.01, "minimumDeltaNet": 0.01,
        "stablecoinMaintenance": 0.02, "stablecoinInitial": 0.05, "liquidationFee": 0.001,
        "confidenceThreshold": 0.55, "confidenceMargin": 1, "slowPricePerSecond": 0.0003, "slowPriceBand": 0.01,
        "fundingCap": 0, "liquiditySlope": 0, "liquidityCap": 0, "concentrationFree": 0, "concentrationFloor": 0,
        "concentrationSlope": 0, "concentrationCap": 0, "volatilityAge": 0, "volatilityAgeMargin": 0,
        "warningFactor": 1.2, "hysteresis": 0.02, "callSeconds": 3600, "liquidationPriceBand": 0.02,
        "approvals": 0, "dynamicMultiple": 0, "dynamicDecay": 0, "dynamicLimit": 0, "dynamicRise": 0, "dynamicFall": 0,
        "stressedWeight": 0,
    ].mapValues(Ratio.init(decimal:))
    /// What is set per underlying.
    public var underlyings: [AssetID: Underlying] = [:]
    /// What is set per asset without an index; ``defaultCollateral`` for the others.
    public var collateral: [AssetID: Collateral] = [:]
    /// Of published methods.
    public var methods = NaiveMethodValues()
    /// For assets that are not named.
    public var defaultCollateral = Collateral()

    /// The parameters of one underlying.
    public struct Underlying: Equatable, Sendable {
        /// `R_u`.
        public var range = Ratio.zero
        /// `w_u` in quarter ranges; 8 and above is "all".
        public var window = Ratio(decimal: 8)
        /// `b0_u`.
        public var basisFloor = Ratio.zero
        /// `b1_u`.
        public var basisPerYear = Ratio.zero
        /// What a dynamic range leans on, if it is more than the range.
        public var stressedRange = Ratio.zero

        /// Cannot be margined: no range.
        public init() {}

        /// From fractions.
        public init(range: Double, window: Double, basisFloor: Double, basisPerYear: Double) {
            self.range = Ratio(decimal: range)
            self.window = Ratio(decimal: window)
            self.basisFloor = Ratio(decimal: basisFloor)
            self.basisPerYear = Ratio(decimal: basisPerYear)
        }
    }

    /// The haircut of one asset.
    public struct Collateral: Equatable, Sendable {
        /// Upper ends of the tiers of value, in dollars, ascending; the largest ratio = without end.
        public var tierBounds = [Ratio(.max)]
        /// The haircut of each tier.
        public var tierHaircuts = [Ratio(decimal: 0.50)]
        /// Charged on what is owed.
        public var liabilityHaircut = Ratio(decimal: 0.50)
        /// Added to both in the initial margin.
        public var initialHaircut = Ratio(decimal: 0.10)

        /// The defaults of the parameter file.
        public init() {}
    }

    /// The defaults of the parameter file, without underlyings.
    public init() {}

    /// A parameter that is one number, as a fraction.
    public subscript(name: String) -> Double { ratio(name).fraction }

    /// A parameter that is one number, exact.
    public func ratio(_ name: String) -> Ratio {
        guard let ratio = scalars[name] else { preconditionFailure("\(name) is no parameter") }
        return ratio
    }
}

extension Ratio {
    /// The ratio nearest to a decimal number as it is written in a parameter file.
    public init(decimal: Double) {
        self.init(Int64((decimal * 1e9).rounded(.toNearestOrEven)))
    }
}
