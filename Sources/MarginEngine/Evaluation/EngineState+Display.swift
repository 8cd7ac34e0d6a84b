import MarginDomain
import MarginModel

extension EngineState {
    /// Ends a record: publishes some of what display is owed, and notes what has not been published for too long.
    ///
    /// Display never holds up signals: a cut may owe thousands of states, and they leave a few a record.
    mutating func finish(_ effects: inout RecordEffects) {
        for number in sweep.turn(at: now, of: pools.count, every: display.look) {
            guard pools[number].slot != nil, pools[number].margin != nil else { continue }
            let place = PoolIndex(place: Int32(number))
            catchUp(place)
            let isOld = pools[number].published.time.map { now >= $0 + display.refresh } ?? true
            if isOld || isDisplayOwed(place) { owe(place) }
        }
        publishOwed(atMost: display.statesPerRecord, &effects)
    }

    /// Notes that display is owed a pool's state.
    mutating func owe(_ place: PoolIndex) {
        guard !pools[place.number].published.isOwed else { return }
        pools[place.number].published.isOwed = true
        owedDisplays.append(place)
    }

    /// Publishes what display is owed while there are no records to fold.
    ///
    /// - Returns: the states, as of the last record; nothing if none is owed.
    public mutating func publishOwed(atMost count: Int) -> RecordEffects {
        var effects = RecordEffects(record: lastRecord)
        effects.eventTime = now
        publishOwed(atMost: count, &effects)
        return effects
    }

    private mutating func publishOwed(atMost count: Int, _ effects: inout RecordEffects) {
        for _ in 0..<count {
            guard let place = owedDisplays.popFirst() else { return }
            display(place, &effects)
        }
    }

    /// Whether a pool moved enough since it was last published.
    ///
    /// Measured against initial margin too: a pool with next to no equity would otherwise be published at every tick.
    func isDisplayOwed(_ place: PoolIndex) -> Bool {
        guard let margin = pools[place.number].margin, pools[place.number].published.time != nil else { return true }
        let published = pools[place.number].published
        // What is missing next is news although no number moves.
        if margin.status != published.status || pledge(of: place) != published.pledge { return true }
        let size = max(margin.equity.quanta.magnitude, margin.initial.quanta.magnitude)
        let bound = size.multipliedFullWidth(by: UInt64(display.move.billionths))
        func isLarge(_ move: Value) -> Bool {
            move.quanta.magnitude.multipliedFullWidth(by: UInt64(Ratio.scale)) > bound
        }
        return isLarge(margin.equity - published.equity) || isLarge(margin.initial - published.initialMargin)
            || isLarge(margin.maintenance - published.maintenanceMargin)
    }

    /// Publishes a pool's state and its members' Greeks and shares.
    mutating func display(_ place: PoolIndex, _ effects: inout RecordEffects) {
        catchUp(place)
        effects.poolStates.append(poolState(place))
        effects.accountGreeks += accountGreeks(place)
        let margin = pools[place.number].margin ?? PoolMargin.empty
        pools[place.number].published = PublishedState(
            time: now, isOwed: false, status: margin.status, equity: margin.equity, initialMargin: margin.initial,
            maintenanceMargin: margin.maintenance, pledge: pledge(of: place))
    }

    /// Everything about a pool's margin, as of its last evaluation.
    func poolState(_ place: PoolIndex) -> PoolState {
        poolState(place, as: pools[place.number], binding: binding(of: pools[place.number]))
    }

    /// Everything about a pool's margin, as of an evaluation that need not be its last.
    func poolState(_ place: PoolIndex, as pool: Pool, binding: [Binding]) -> PoolState {
        let margin = pool.margin ?? PoolMargin.empty
        let missing = margin.status.noMargin
        return PoolState(
            streamNo: .start, epoch: Epoch(0), record: lastRecord, committed: false, eventTime: now, pool: pool.id,
            state: pool.state, equity: margin.equity, initialMargin: margin.initial,
            maintenanceMargin: margin.maintenance, releaseMargin: margin.release, excess: margin.excess,
            utilisation: margin.utilisation, equityChange: margin.equity - pool.published.equity,
            initialMarginChange: margin.initial - pool.published.initialMargin,
            maintenanceMarginChange: margin.maintenance - pool.published.maintenanceMargin, cause: pool.cause,
            oldestInputAge: oldestInputAge(place), stale: !isTrusted(place),
            parameterVersion: book.parameters.version, poolSignalNo: pool.lastSignal, reason: missing.reason,
            reasonAsset: missing.asset, reasonInstrument: missing.instrument, reasonExpiry: missing.expiry,
            pledge: pledge(of: place), binding: binding, components: margin.components.entries)
    }

    /// A pool's members, each with its own Greeks and its share of the pool's requirement.
    func accountGreeks(_ place: PoolIndex) -> [AccountGreeks] {
        guard let margin = pools[place.number].margin, margin.status == .margined else { return [] }
        let members = pools[place.number].members
        // SPEED: a member by itself bears the whole requirement; nothing is to be evaluated or split.
        if members.count == 1 {
            let alone = standAlone(place) ?? margin
            let share = MemberShare(
                account: self.members[members[0].number].member.account,
                instrument: self.members[members[0].number].member.instrument, standAlone: alone.initial,
                component: margin.initial, share: margin.initial, maintenanceShare: margin.maintenance)
            let greeks = pools[place.number].slot.map { book.greeks(of: $0) } ?? []
            return [accountGreeks(share, in: pools[place.number].id, alone: alone, greeks)]
        }
        let held = members.map {
            MemberHoldings(member: self.members[$0.number].member, holdings: holdings(of: $0))
        }
        return zip(held, shares(of: held, in: place)).map { member, share in
            accountGreeks(
                share, in: pools[place.number].id, alone: self.margin(of: member.holdings, in: place),
                book.greeks(of: member.holdings))
        }
    }

    private func accountGreeks(
        _ share: MemberShare, in pool: PoolID, alone: PoolMargin, _ greeks: [UnderlyingGreeks]
    ) -> AccountGreeks {
        AccountGreeks(
            streamNo: .start, epoch: Epoch(0), record: lastRecord, committed: false, eventTime: now,
            account: share.account, instrument: share.instrument, pool: pool, equity: alone.equity,
            initialShare: share.share, maintenanceShare: share.maintenanceShare, standAloneInitial: share.standAlone,
            standAloneMaintenance: alone.maintenance, parameterVersion: book.parameters.version, greeks: greeks)
    }
}
