import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// The signal of a transition, complete in itself but for what the merge and the publisher give it.
    mutating func signal(
        _ kind: SignalKind, of place: PoolIndex, from previous: LifeCycle, _ effects: inout RecordEffects
    ) -> Signal {
        let ordinal = pools[place.number].signalsInRecord.next(in: lastRecord)
        pools[place.number].lastSignal = pools[place.number].lastSignal.next
        let pool = pools[place.number]
        let margin = pool.margin ?? PoolMargin.empty
        let state = pool.state
        let age = oldestInputAge(place)
        let levels = levels(of: place, at: margin)
        let missing = margin.status.noMargin
        return Signal(
            log: LogID(0), epoch: Epoch(0), record: lastRecord, ordinal: ordinal, signalNo: .start,
            poolSignalNo: pool.lastSignal, committed: false, eventTime: now, pool: pool.id, kind: kind,
            previous: previous, state: state, cause: pool.cause, equity: margin.equity,
            initialMargin: margin.initial, maintenanceMargin: margin.maintenance, releaseMargin: margin.release,
            utilisation: margin.utilisation, shortfall: shortfall(kind, state, levels),
            deadline: state == .marginCall && kind == .marginCall ? now + rules.callDuration : .zero,
            oldestInputAge: age, stale: !isTrusted(place), parameterVersion: book.parameters.version,
            plan: plan(kind, of: pool), reason: missing.reason,
            reasonAsset: missing.asset, reasonInstrument: missing.instrument, reasonExpiry: missing.expiry,
            binding: binding(of: pool), steps: steps(for: kind, place, levels))
    }

    /// How far equity is below the level that defines the state; nothing once a pool is cured or cannot be margined.
    private func shortfall(_ kind: SignalKind, _ state: LifeCycle, _ levels: MarginLevels) -> Value {
        guard kind != .cured, let level = levels.level(of: state, under: rules) else { return .zero }
        return max(level - levels.equity, .zero)
    }

    /// A plan is named after the signal that began it: the pool's last plan signal.
    private func plan(_ kind: SignalKind, of pool: Pool) -> PlanID {
        kind == .liquidationPlan || kind == .liquidationUpdate ? PlanID(pool.lastSignal.rawValue) : PlanID(0)
    }

    func binding(of pool: Pool) -> [Binding] {
        // A method's scenarios are its own; the default model's would explain nothing.
        guard let slot = pool.slot, pool.model == nil, pool.margin?.status == .margined else { return [] }
        return book.bindings(of: slot)
    }

    func oldestInputAge(_ place: PoolIndex) -> Duration64 {
        guard let slot = pools[place.number].slot, let oldest = book.oldestInput(of: slot) else { return .zero }
        return max(now - oldest, .zero)
    }
}
