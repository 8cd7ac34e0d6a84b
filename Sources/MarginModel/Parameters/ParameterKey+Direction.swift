extension ParameterKey {
    /// Which way a value must move to ask for more initial margin.
    public enum Direction: Hashable, Sendable {
        /// A larger value asks for more.
        case up
        /// A smaller value asks for more.
        case down
        /// Neither does for certain, or it decides something else than initial margin.
        case neither
    }

    /// The way in which an emergency may move the parameter: docs/margin-model.md, §13.
    ///
    /// ``isProvenToRaise`` tells for which keys no pool whatever can need less.
    public var raising: Direction {
        switch self {
        case .range, .tailDamping, .volUp, .volDown, .longPowerSteep, .halfStepDays: .up
        case .skewCap, .initial, .nakedShort, .nakedShortInitialExtra, .minimumDeltaGross, .minimumDeltaNet: .up
        case .stablecoinInitial, .liquidationFee, .window, .basisFloor, .basisPerYear: .up
        case .tierHaircut, .liabilityHaircut, .initialHaircut, .confidenceThreshold, .confidenceMargin: .up
        case .fundingCap, .liquiditySlope, .liquidityCap, .concentrationSlope, .concentrationCap: .up
        case .volatilityAgeMargin: .up
        case .longPowerFlat, .kappa, .skewWidth, .skewWidthMin, .tierBound, .slowPriceBand: .down
        case .concentrationFree, .concentrationFloor: .down
        // Less is more, but for 0, which is never.
        case .volatilityAge: .neither
        case .tails, .shortPower, .volatilityFloor, .maintenance, .release, .stablecoinMaintenance: .neither
        case .slowPricePerSecond, .warningFactor, .hysteresis, .callSeconds, .liquidationPriceBand, .approvals: .neither
        // They decide about days to come; `range` is what an emergency raises.
        case .dynamicMultiple, .dynamicDecay, .dynamicLimit, .dynamicRise, .dynamicFall: .neither
        case .stressedWeight, .stressedRange: .neither
        }
    }

    /// Whether a move in the ``raising`` direction lowers no pool's initial margin, whatever it holds.
    ///
    /// The others widen or steepen the scenarios. A book whose worst loss lies between two of them, a butterfly for
    /// example, can come out lower when they move.
    public var isProvenToRaise: Bool {
        switch self {
        case .range, .tailDamping, .volUp, .volDown, .longPowerFlat, .longPowerSteep: false
        case .skewCap, .skewWidth, .skewWidthMin, .slowPriceBand, .fundingCap: false
        default: raising != .neither
        }
    }
}
