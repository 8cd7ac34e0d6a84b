import CMarginKernels
public import MarginDomain

extension MarginBook {
    /// Each member's share of a one-owner pool's requirement, in the order given: docs/margin-model.md §10.
    ///
    /// Shares sum to the pool's initial margin, maintenance shares to its maintenance margin. Empty if the pool has no
    /// margin. Members must come in ascending order: leftover quanta go to the earlier ones.
    public func shares(of members: [MemberHoldings]) -> [MemberShare] {
        var whole = PoolHoldings()
        for member in members { whole.add(member.holdings) }
        let pool = Trial(whole, book: self)
        let trials = members.map { Trial($0.holdings, book: self) }
        guard let required = requirement(pool.record, pool) else { return [] }
        let parts = trials.map { part($0, .maintenance) }
        let split = ShareSplit(pool: part(pool, .maintenance), members: parts, scan: required.scan, parameters)
        let ordered = orderedSplit(required, pool, trials) ?? split
        let initial = required.initial(parameters.factors)
        let maintenance = required.maintenance(parameters.factors)
        let components = ordered.components(.initial)
        let shares = ShareSplit.cut(ordered.shares(.initial, of: initial), toSum: Int64(initial))
        let maintenanceShares = ShareSplit.cut(split.shares(.maintenance, of: maintenance), toSum: Int64(maintenance))
        return members.indices.map { index in
            MemberShare(
                account: members[index].member.account, instrument: members[index].member.instrument,
                standAlone: Value(quanta: parts[index].alone.initial),
                component: Value(quanta: components[index].roundedDown), share: Value(shares[index]),
                maintenanceShare: Value(maintenanceShares[index]))
        }
    }

    /// The split of initial margin where open orders are in it; nil without orders, or where they have no sum.
    private func orderedSplit(_ required: Requirement, _ pool: Trial, _ members: [Trial]) -> ShareSplit? {
        guard let scan = required.orderedScan else { return nil }
        return ShareSplit(
            pool: part(pool, .initial), members: members.map { part($0, .initial) }, scan: scan, parameters)
    }

    /// Open orders are among what initial margin sees lost, and not among what maintenance margin does.
    private func part(_ trial: Trial, _ level: ShareSplit.Level) -> ShareSplit.Part {
        let required = requirement(trial.record, trial)
        let flat = required.map { $0.totals.fee } ?? 0
        return ShareSplit.Part(
            sections: trial.record.sections.map { place in
                let gains = (level == .initial ? orderedGains(of: place, trial) : nil) ?? gains(of: place, trial).gains
                return ShareSplit.Section(
                    underlying: place.asset, losses: gains.map { -$0 }, expiries: expiries(place, trial))
            },
            alone: ShareSplit.PerLevel(
                initial: required?.initial(parameters.factors) ?? 0,
                maintenance: required?.maintenance(parameters.factors) ?? 0),
            flat: ShareSplit.PerLevel(
                initial: flat + (required.map { $0.stablecoinInitial + $0.haircutInitial } ?? 0),
                maintenance: flat + (required.map { $0.stablecoinMaintenance + $0.haircutMaintenance } ?? 0)))
    }

    private func orderedGains(of place: PoolRecord.SectionPlace, _ trial: Trial) -> [Double]? {
        underlyings[place.underlying].orderedGains(
            of: trial.positions(place), coin: trial.coin(place), with: trial.orders(place, self))?.gains
    }

    private func expiries(_ place: PoolRecord.SectionPlace, _ trial: Trial) -> [ShareSplit.Expiry] {
        underlyings[place.underlying].table.expiries(of: trial.positions(place))
    }
}

extension RowTable {
    /// Sums of the expiry vector over positions, ascending by expiry group.
    func expiries(of positions: [(row: Int, lots: Double)]) -> [ShareSplit.Expiry] {
        var sums: [Int: SIMD8<Double>] = [:]
        for position in positions {
            sums[Int(groupOfRow[position.row]), default: .zero] += position.lots * vector(position.row, mk_expiry_sums)
        }
        return sums.sorted { $0.key < $1.key }.map { group, sums in
            ShareSplit.Expiry(group: group, basisRate: charges[group][mk_expiry_phi], sums: sums)
        }
    }
}
