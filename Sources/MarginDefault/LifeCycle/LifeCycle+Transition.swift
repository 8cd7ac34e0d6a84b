public import MarginDomain

extension LifeCycle {
    /// The state that equity alone would put a pool in: the most severe level it is below.
    ///
    /// - Parameter isTrusted: whether every price behind the numbers may decide a liquidation. If not, the answer is
    ///   at most ``marginCall``.
    public static func target(_ levels: MarginLevels, under rules: LifeCycleRules, isTrusted: Bool) -> LifeCycle {
        if !levels.hasPositions && levels.equity >= .zero { return .healthy }
        let entered: [LifeCycle] = [.defaulted, .liquidating, .marginCall, .restricted, .warning]
        let worst = entered.first { state in
            guard let level = levels.level(of: state, under: rules) else { return false }
            return levels.equity < level
        }
        let target = worst ?? .healthy
        return isTrusted || target < .marginCall ? target : .marginCall
    }

    /// The state after an evaluation: more severe at once, milder one state at a time while each state's exit is passed.
    public func next(_ levels: MarginLevels, under rules: LifeCycleRules, isTrusted: Bool) -> LifeCycle {
        // SPEED: nearly every evaluation leaves a healthy pool healthy, which no division has to decide.
        if self == .healthy, levels.areClear(under: rules) { return .healthy }
        let target = LifeCycle.target(levels, under: rules, isTrusted: isTrusted)
        if self == .quarantined || target >= self { return target }
        if !levels.hasPositions && levels.equity >= .zero { return .healthy }
        var state = self
        while state > target, levels.equity >= levels.exit(from: state, under: rules), let milder = state.milder {
            state = milder
        }
        return state
    }

    /// The next milder state; nil for ``healthy`` and for ``quarantined``, which is left by rule instead.
    var milder: LifeCycle? {
        self == .quarantined || self == .healthy ? nil : LifeCycle(rawValue: rawValue - 1)
    }

    /// What a pool that arrives in this state from `previous` announces; nil if it was there already.
    public func announcement(from previous: LifeCycle) -> SignalKind? {
        guard self != previous else { return nil }
        switch self {
        case .quarantined: return .quarantined
        case .healthy: return .cured
        case _ where self < previous && previous != .quarantined: return .cured
        case .warning: return .warning
        case .restricted: return .restricted
        case .marginCall: return .marginCall
        case .liquidating: return .liquidationPlan
        case .defaulted: return .defaulted
        }
    }
}
