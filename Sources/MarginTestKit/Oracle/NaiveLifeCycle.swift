public import MarginDomain

/// Levels and the state machine: paragraph 9 of the page.
public enum NaiveLifeCycle {
    /// `⌈ratio·x⌉`, exact.
    private static func ceiling(_ ratio: Ratio, _ x: Int128) -> Int128 {
        Rounding.up(Int128(ratio.billionths) * x, dividedBy: Int128(Ratio.scale))
    }

    /// Below which equity a state is entered.
    public static func level(of state: LifeCycle, _ margin: NaiveMargin, _ parameters: NaiveParameters) -> Int128 {
        switch state {
        case .warning: ceiling(parameters.ratio("warningFactor"), Int128(margin.initialMargin.quanta))
        case .restricted: Int128(margin.initialMargin.quanta)
        case .marginCall: Int128((margin.callMargin ?? margin.releaseMargin).quanta)
        case .liquidating: Int128(margin.maintenanceMargin.quanta)
        case .healthy, .defaulted, .quarantined: 0
        }
    }

    /// The most severe state that the margin enters.
    public static func target(
        _ margin: NaiveMargin, _ holdings: NaiveHoldings, isTrusted: Bool, _ parameters: NaiveParameters
    ) -> LifeCycle {
        guard margin.status == .margined else { return .quarantined }
        let E = Int128(margin.equity.quanta)
        var target = LifeCycle.healthy
        for state in [LifeCycle.warning, .restricted, .marginCall, .liquidating]
        where E < level(of: state, margin, parameters) {
            target = state
        }
        let MM = Int128(margin.maintenanceMargin.quanta)
        if E < 0, E < MM || !holdings.hasPositions { target = .defaulted }
        if !holdings.hasPositions, E >= 0 { target = .healthy }
        if !isTrusted, target.rawValue > LifeCycle.marginCall.rawValue { target = .marginCall }
        return target
    }

    /// Whether a state's "left upwards" bound holds.
    private static func mayLeave(_ state: LifeCycle, _ margin: NaiveMargin, _ parameters: NaiveParameters) -> Bool {
        let E = Int128(margin.equity.quanta)
        switch state {
        case .warning, .restricted, .marginCall:
            let level = level(of: state, margin, parameters)
            return E >= level + ceiling(parameters.ratio("hysteresis"), level)
        case .liquidating: return E >= Int128(margin.releaseMargin.quanta)
        case .defaulted: return E >= Int128(margin.releaseMargin.quanta) && E >= 0
        case .healthy, .quarantined: return false
        }
    }

    /// Where the machine goes from `state`.
    public static func next(
        after state: LifeCycle, target: LifeCycle, _ margin: NaiveMargin, _ holdings: NaiveHoldings,
        _ parameters: NaiveParameters
    ) -> LifeCycle {
        if target == .quarantined || state == .quarantined { return target }
        if !holdings.hasPositions, margin.equity >= .zero { return .healthy }
        if target.rawValue >= state.rawValue { return target }
        var state = state
        while state.rawValue > target.rawValue, mayLeave(state, margin, parameters),
            let milder = LifeCycle(rawValue: state.rawValue - 1)
        {
            state = milder
        }
        return state
    }

    /// What a transition announces; nil if nothing.
    public static func signal(from previous: LifeCycle, to state: LifeCycle, cause: Cause) -> SignalKind? {
        if previous == state {
            let isLedgerEvent = cause == .trade || cause == .cash
            let isWorked = state == .liquidating || state == .defaulted
            return isLedgerEvent && isWorked ? .liquidationUpdate : nil
        }
        let isMilder = state.rawValue < previous.rawValue && previous != .quarantined
        if isMilder { return .cured }
        switch state {
        case .healthy: return .cured
        case .warning: return .warning
        case .restricted: return .restricted
        case .marginCall: return .marginCall
        case .liquidating: return .liquidationPlan
        case .defaulted: return .defaulted
        case .quarantined: return .quarantined
        }
    }

    /// How far equity is below the level of a state that is announced.
    public static func shortfall(
        _ kind: SignalKind, in state: LifeCycle, _ margin: NaiveMargin, _ parameters: NaiveParameters
    ) -> Value {
        if kind == .cured || kind == .quarantined { return .zero }
        return Value(saturating: max(0, level(of: state, margin, parameters) - Int128(margin.equity.quanta)))
    }
}
