import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// Evaluates pools after a ledger event, each once, in order of pool.
    mutating func evaluate(_ touched: [PoolIndex], because cause: Cause, _ effects: inout RecordEffects) {
        let ordered = touched.sorted { pools[$0.number].id < pools[$1.number].id }
        var bound: Set<Int> = []
        for (number, place) in ordered.enumerated() where number == 0 || place != ordered[number - 1] {
            if let group = pools[place.number].group {
                bound.insert(group)
                continue
            }
            guard let slot = pools[place.number].slot else { continue }
            noteElsewhere(of: place)
            let margin = book.margin(of: slot)
            settle(place, at: deciding(margin, of: place), because: cause, &effects)
        }
        // SPEED: without mutual pools an evaluation does not come here.
        if bound.isEmpty { return }
        let own = Set(ordered)
        for group in groupsByPool where bound.contains(group) {
            evaluate(group: group, touching: own, because: cause, &effects)
        }
    }

    /// Takes an evaluation in: moves the pool's state machine and says what is owed to consumers and to display.
    ///
    /// - Parameter byCut: whether nothing changed but the market, so that a region still holds in the same state.
    mutating func settle(
        _ place: PoolIndex, at margin: PoolMargin, because cause: Cause, byCut: Bool = false,
        _ effects: inout RecordEffects
    ) {
        effects.evaluationCount += 1
        let previous = pools[place.number].state
        let state = next(place, at: margin, under: rules)
        pools[place.number].settle(in: state, at: margin, because: cause)
        pools[place.number].asOf = book.rowsVersion
        if !byCut || state != previous, let slot = pools[place.number].slot { book.loosen(slot) }
        if let kind = announcement(of: state, from: previous, because: cause) {
            effects.signals.append(signal(kind, of: place, from: previous, &effects))
            owe(place)
        } else if !byCut || margin.status != .margined, !pools[place.number].published.isOwed, isDisplayOwed(place) {
            owe(place)
        }
    }

    /// The state that a margin leads to.
    ///
    /// - Parameter poolTestFails: of the mutual pool that binds the pool; as in its last evaluation if it is not said.
    func next(
        _ place: PoolIndex, at margin: PoolMargin, under rules: LifeCycleRules, poolTestFails: Bool? = nil
    ) -> LifeCycle {
        guard margin.status == .margined else { return .quarantined }
        let levels = levels(of: place, at: margin, poolTestFails: poolTestFails)
        return pools[place.number].state.next(levels, under: rules, isTrusted: isTrusted(place))
    }

    /// What is announced: a change of state, or the progress of a liquidation that the ledger moved.
    private func announcement(
        of state: LifeCycle, from previous: LifeCycle, because cause: Cause
    ) -> SignalKind? {
        if let kind = state.announcement(from: previous) { return kind }
        let isWorkedOn = state == .liquidating || state == .defaulted
        return isWorkedOn && (cause == .trade || cause == .cash) ? .liquidationUpdate : nil
    }

    func levels(of place: PoolIndex, at margin: PoolMargin, poolTestFails: Bool? = nil) -> MarginLevels {
        let fails = poolTestFails ?? pools[place.number].group.map { groups[$0].fails } ?? false
        return MarginLevels(
            equity: margin.equity, initialMargin: margin.initial, maintenanceMargin: margin.maintenance,
            releaseMargin: margin.release,
            // While a mutual pool's test fails, its members are called as soon as they have less than their share.
            callMargin: fails ? max(margin.initial, margin.release) : margin.release,
            hasPositions: hasPositions(place))
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
