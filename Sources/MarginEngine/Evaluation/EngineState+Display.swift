import MarginDomain
import MarginModel

extension EngineState {
    /// Ends a record: publishes what has not been published for too long.
    mutating func finish(_ effects: inout RecordEffects) {
        for number in sweep.turn(at: now, of: pools.count, every: display.refresh) {
            let place = PoolIndex(place: Int32(number))
            guard let slot = pools[number].slot, pools[number].margin != nil else { continue }
            guard pools[number].published.time.map({ now >= $0 + display.refresh }) ?? true else { continue }
            // Not an evaluation: rows are as of the last cut, so no state can change here.
            pools[number].margin = book.margin(of: slot)
            display(place, &effects)
        }
    }

    /// Whether a pool moved enough since it was last published.
    func isDisplayOwed(_ place: PoolIndex) -> Bool {
        let pool = pools[place.number]
        guard let margin = pool.margin, pool.published.time != nil else { return true }
        let scale = max(Int128(margin.equity.quanta.magnitude), 1)
        let moves = [
            margin.equity - pool.published.equity, margin.initial - pool.published.initialMargin,
            margin.maintenance - pool.published.maintenanceMargin,
        ]
        return moves.contains { move in
            Int128(move.quanta.magnitude) * Int128(Ratio.scale) > scale * Int128(display.move.billionths)
        }
    }

    /// Publishes a pool's state and its members' Greeks and shares.
    mutating func display(_ place: PoolIndex, _ effects: inout RecordEffects) {
        effects.poolStates.append(poolState(place))
        effects.accountGreeks += accountGreeks(place)
        let margin = pools[place.number].margin ?? PoolMargin.empty
        pools[place.number].published = PublishedState(
            time: now, equity: margin.equity, initialMargin: margin.initial, maintenanceMargin: margin.maintenance)
    }

    /// Everything about a pool's margin, as of its last evaluation.
    func poolState(_ place: PoolIndex) -> PoolState {
        let pool = pools[place.number]
        let margin = pool.margin ?? PoolMargin.empty
        return PoolState(
            streamNo: .start, epoch: Epoch(0), record: lastRecord, committed: false, eventTime: now, pool: pool.id,
            state: pool.state, equity: margin.equity, initialMargin: margin.initial,
            maintenanceMargin: margin.maintenance, releaseMargin: margin.release, excess: margin.excess,
            utilisation: margin.utilisation, equityChange: margin.equity - pool.published.equity,
            initialMarginChange: margin.initial - pool.published.initialMargin,
            maintenanceMarginChange: margin.maintenance - pool.published.maintenanceMargin, cause: pool.cause,
            oldestInputAge: oldestInputAge(place), stale: !isTrusted(place),
            parameterVersion: book.parameters.version, poolSignalNo: pool.lastSignal, binding: binding(of: pool),
            components: margin.components.entries)
    }

    /// A pool's members, each with its own Greeks and its share of the pool's requirement.
    func accountGreeks(_ place: PoolIndex) -> [AccountGreeks] {
        let pool = pools[place.number]
        guard pool.margin?.status == .margined else { return [] }
        let members = pool.members.map { MemberHoldings(member: self.members[$0.number].member, holdings: holdings(of: $0)) }
        let shares = book.shares(of: members)
        return zip(members, shares).map { member, share in
            let alone = book.margin(of: member.holdings)
            return AccountGreeks(
                streamNo: .start, epoch: Epoch(0), record: lastRecord, committed: false, eventTime: now,
                account: member.member.account, instrument: member.member.instrument, pool: pool.id,
                equity: alone.equity, initialShare: share.share, maintenanceShare: share.maintenanceShare,
                standAloneInitial: alone.initial, standAloneMaintenance: alone.maintenance,
                parameterVersion: book.parameters.version, greeks: book.greeks(of: member.holdings))
        }
    }
}
