import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// Evaluates pools after a ledger event, each once, in order of pool.
    mutating func evaluate(_ touched: [PoolIndex], because cause: Cause, _ effects: inout RecordEffects) {
        let ordered = touched.sorted { pools[$0.number].id < pools[$1.number].id }
        var bound: [Int] = []
        for (number, place) in ordered.enumerated() where number == 0 || place != ordered[number - 1] {
            if let group = pools[place.number].group {
                if !bound.contains(group) { bound.append(group) }
                continue
            }
            guard let slot = pools[place.number].slot else { continue }
            noteElsewhere(of: place)
            let margin = book.margin(of: slot)
            settle(place, at: deciding(margin, of: place), because: cause, &effects)
        }
        // SPEED: without mutual pools an evaluation does not come here.
        if bound.isEmpty { return }
        for group in groupsByPool where bound.contains(group) {
            evaluate(group: group, touching: ordered, because: cause, &effects)
        }
    }

    /// Takes an evaluation in: moves the pool's state machine and says what is owed to consumers and to display.
    mutating func settle(
        _ place: PoolIndex, at margin: PoolMargin, because cause: Cause, _ effects: inout RecordEffects
    ) {
        effects.evaluationCount += 1
        let previous = pools[place.number].state
        let state = next(place, at: margin, under: rules)
        pools[place.number].settle(in: state, at: margin, because: cause)
        if let kind = announcement(of: state, from: previous, because: cause) {
            effects.signals.append(signal(kind, of: place, from: previous, &effects))
            owe(place)
        } else if !pools[place.number].published.isOwed, isDisplayOwed(place) {
            owe(place)
        }
    }

    /// The state that a margin leads to.
    func next(_ place: PoolIndex, at margin: PoolMargin, under rules: LifeCycleRules) -> LifeCycle {
        guard margin.status == .margined else { return .quarantined }
        return pools[place.number].state.next(levels(of: place, at: margin), under: rules, isTrusted: isTrusted(place))
    }

    /// What is announced: a change of state, or the progress of a liquidation that the ledger moved.
    private func announcement(
        of state: LifeCycle, from previous: LifeCycle, because cause: Cause
    ) -> SignalKind? {
        if let kind = state.announcement(from: previous) { return kind }
        let isWorkedOn = state == .liquidating || state == .defaulted
        return isWorkedOn && (cause == .trade || cause == .cash) ? .liquidationUpdate : nil
    }

    func levels(of place: PoolIndex, at margin: PoolMargin) -> MarginLevels {
        MarginLevels(
            equity: margin.equity, initialMargin: margin.initial, maintenanceMargin: margin.maintenance,
            releaseMargin: margin.release, callMargin: callMargin(of: place, at: margin),
            hasPositions: hasPositions(place))
    }

    /// While a mutual pool's test fails, its members are called as soon as they have less than their share.
    private func callMargin(of place: PoolIndex, at margin: PoolMargin) -> Value {
        guard let group = pools[place.number].group, groups[group].fails else { return margin.release }
        return max(margin.initial, margin.release)
    }

    private func hasPositions(_ place: PoolIndex) -> Bool {
        guard let slot = pools[place.number].slot else { return false }
        return book.hasPositions(slot)
    }

    /// Whether every price behind the pool's numbers may decide a liquidation.
    func isTrusted(_ place: PoolIndex) -> Bool {
        if let group = pools[place.number].group { return isTrusted(group: group) }
        guard let slot = pools[place.number].slot else { return true }
        return trust.isWhole || book.underlyings(of: slot).allSatisfy { trust.trusts($0) }
    }
}
