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
        guard let required = requirement(pool.record, pool) else { return [] }
        // A member is charged as what it is: a part of its owner's size.
        let rates = rates(pool)
        let trials = members.map { Trial($0.holdings.charged(rates), book: self) }
        let own = trials.map { requirement($0.record, $0) }
        let parts = trials.indices.map { part(trials[$0], own[$0]) }
        let split = ShareSplit(pool: part(pool, required), members: parts, scan: required.scan, parameters)
        let ordered = required.orderedScan.map { scan in
            ShareSplit(
                pool: part(pool, required, .initial),
                members: trials.indices.map { part(trials[$0], own[$0], .initial) }, scan: scan, parameters)
        }
        let initial = required.initial(parameters.factors)
        let maintenance = required.maintenance(parameters.factors)
        let components = (ordered ?? split).components(.initial)
        let shares = ShareSplit.cut((ordered ?? split).shares(.initial, of: initial), toSum: Value(quanta: initial))
        let maintenanceShares = ShareSplit.cut(
            split.shares(.maintenance, of: maintenance), toSum: Value(quanta: maintenance))
        return members.indices.map { index in
            MemberShare(
                account: members[index].member.account, instrument: members[index].member.instrument,
                standAlone: Value(quanta: parts[index].alone.initial),
                component: Value(quanta: components[index].roundedDown), share: shares[index],
                maintenanceShare: maintenanceShares[index])
        }
    }

    /// The rates that the owner's size gives a pool, by underlying.
    private func rates(_ pool: Trial) -> [AssetID: OwnerRates] {
        var rates: [AssetID: OwnerRates] = [:]
        guard chargesOwners else { return rates }
        for place in pool.record.sections where isExposed(place, pool) {
            rates[place.asset] = ownerRates(place, pool.sums(place, self), pool.record.owner)
        }
        return rates
    }

    /// What holdings lose and are charged. Open orders are among what initial margin sees lost.
    func part(
        _ trial: Trial, _ required: Requirement?, _ level: RequirementLevel = .maintenance
    ) -> ShareSplit.Part {
        func isSeen(_ place: PoolRecord.SectionPlace) -> Bool {
            isExposed(place, trial) || (level == .initial && !trial.orders(place, self).isEmpty)
        }
        return ShareSplit.Part(
            sections: trial.record.sections.filter { isSeen($0) }.compactMap { place in
                guard let grid = underlyings[place.underlying].table.grid else { return nil }
                let gains = (level == .initial ? orderedGains(of: place, trial) : nil) ?? gains(of: place, trial).gains
                return ShareSplit.Section(
                    underlying: place.asset, grid: grid, losses: gains.map { -$0 }, expiries: expiries(place, trial))
            },
            alone: PerRequirement { level in required?.margin(level, parameters.factors) ?? 0 },
            flat: PerRequirement { level in required?.flat(level) ?? 0 })
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
