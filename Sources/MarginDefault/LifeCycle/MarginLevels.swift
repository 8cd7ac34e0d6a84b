public import MarginDomain

/// A pool's equity and the levels it is measured against; the state machine sees nothing else of a pool.
public struct MarginLevels: Hashable, Sendable {
    public var equity: Value
    public var initialMargin: Value
    public var maintenanceMargin: Value
    /// The requirement at which a liquidation stops.
    public var releaseMargin: Value
    /// The level below which a call is made: the release margin, or more while a mutual pool's test fails.
    public var callMargin: Value
    /// Whether there is anything that could be sold.
    public var hasPositions: Bool

    public init(
        equity: Value, initialMargin: Value, maintenanceMargin: Value, releaseMargin: Value, callMargin: Value? = nil,
        hasPositions: Bool
    ) {
        self.equity = equity
        self.initialMargin = initialMargin
        self.maintenanceMargin = maintenanceMargin
        self.releaseMargin = releaseMargin
        self.callMargin = callMargin ?? releaseMargin
        self.hasPositions = hasPositions
    }

    /// The level whose crossing defines `state`; nil for states that no level defines.
    public func level(of state: LifeCycle, under rules: LifeCycleRules) -> Value? {
        switch state {
        case .healthy, .quarantined: nil
        case .warning: initialMargin.scaledUp(by: rules.warningFactor)
        case .restricted: initialMargin
        case .marginCall: callMargin
        case .liquidating: maintenanceMargin
        case .defaulted: .zero
        }
    }

    /// Whether equity is at or above every level: the warning's is the highest, and is compared as a product.
    func areClear(under rules: LifeCycleRules) -> Bool {
        let held = Int128(equity.quanta) * Int128(Ratio.scale)
        let warned = Int128(initialMargin.quanta) * Int128(rules.warningFactor.billionths)
        return held >= warned && equity >= initialMargin && equity >= callMargin && equity >= maintenanceMargin
            && equity >= .zero
    }

    /// The equity at which `state` is left towards health.
    public func exit(from state: LifeCycle, under rules: LifeCycleRules) -> Value {
        switch state {
        case .healthy, .quarantined: .min
        case .liquidating: releaseMargin
        case .defaulted: max(releaseMargin, .zero)
        case .warning, .restricted, .marginCall:
            {
                let level = level(of: state, under: rules) ?? .zero
                return level + level.scaledUp(by: rules.hysteresis)
            }()
        }
    }
}

extension Value {
    /// This amount times a ratio, rounded up to a quantum.
    func scaledUp(by ratio: Ratio) -> Value {
        Value(saturating: Rounding.up(Int128(quanta) * Int128(ratio.billionths), dividedBy: Int128(Ratio.scale)))
    }
}
