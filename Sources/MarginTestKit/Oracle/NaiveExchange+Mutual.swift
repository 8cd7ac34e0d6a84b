public import MarginDomain

/// Section 10 of the rules: mutual pools.
extension NaiveExchange {
    /// The mutual pool that binds the owner of a pool.
    public func mutualPool(binding pool: PoolID) -> PoolID? {
        guard let member = members(of: pool).first else { return nil }
        return mutuals.first { $0.value.stakes[member] != nil }?.key
    }

    /// Evaluates pools once each, mutual ones whole.
    mutating func evaluate(all touched: Set<PoolID>, _ cause: Cause) {
        var bound: Set<PoolID> = []
        for pool in touched.sorted() {
            if mutuals[pool] != nil {
                bound.insert(pool)
            } else if let mutual = mutualPool(binding: pool) {
                bound.insert(mutual)
            } else {
                evaluate(pool, cause)
            }
        }
        for mutual in bound.sorted() { evaluate(mutual: mutual, touching: touched, cause) }
    }

    /// The figures of some of a mutual pool's members at this moment.
    mutating func pool(of group: NaiveMutualGroup, without leaver: Member? = nil) -> NaiveMutualPool {
        let parties = group.stakes.filter { $0.key != leaver }.map { member, stake in
            NaiveMutualPool.Party(
                member: member, holdings: holdings[member] ?? NaiveHoldings(),
                elsewhere: memberships[member].map { elsewhere(of: $0) } ?? [:], contribution: stake.contribution,
                lien: stake.lien, weight: group.weight(stake, at: now))
        }
        return NaiveMutualPool(parties, group.terms, in: &market)
    }

    private mutating func evaluate(mutual id: PoolID, touching touched: Set<PoolID>, _ cause: Cause) {
        guard var group = mutuals[id] else { return }
        let pool = pool(of: group)
        let credited = Set(pool.counted).subtracting(pool.fenced)
        let isGuarded = cause == .parameters || cause == .membership || !group.credited.isSubset(of: credited)
        for member in group.stakes.keys.sorted() {
            guard var stake = group.stakes[member], let own = memberships[member] else { continue }
            let credit = pool.credit(member)
            if isGuarded, credit < stake.credit {
                let still = now < stake.sparedUntil ? stake.spared : 0
                stake.spared = max(stake.credit, still)
                stake.sparedUntil = now + .seconds(3600)
            }
            stake.credit = credit
            if pool.counted.contains(member) {
                let share = Value(Int64(pool.share(member)))
                if let last = stake.lastShare {
                    let name = Self.blame(cause, isOwn: touched.contains(own))
                    stake.causes[name, default: 0] += share.quanta - last.quanta
                }
                stake.lastShare = share
            }
            group.stakes[member] = stake
        }
        group.credited = credited
        group.fails = pool.fails
        group.pool = pool
        mutuals[id] = group
        let isStale = group.stakes.keys.contains { member in
            underlyings(of: holdings[member] ?? NaiveHoldings()).contains { !isTrusted($0) }
        }
        for (member, stake) in group.stakes.sorted(by: { $0.key < $1.key }) {
            guard let own = memberships[member] else { continue }
            var margin = pool.margin(member, spared: now < stake.sparedUntil ? stake.spared : 0)
            if group.fails { margin.callMargin = max(margin.initialMargin, margin.releaseMargin) }
            settle(own, holdings[member] ?? NaiveHoldings(), at: margin, isStale: isStale, cause)
        }
    }

    private static func blame(_ cause: Cause, isOwn: Bool) -> String {
        switch cause {
        case .price, .volatility, .time: "market"
        case .parameters: "parameters"
        default: isOwn ? "own" : "others"
        }
    }

    /// A member joins, or raises what it has pledged.
    mutating func join(
        mutual entry: PoolMembership, _ member: Member, _ account: Account, _ agreed: PoolAgreement
    ) throws(NaiveRefusal) -> Set<PoolID> {
        let terms = mutuals[entry.pool]?.terms ?? agreed
        if entry.pool.rawValue == 0 || entry.pool.rawValue >> 63 == 1 { throw .outOfRange }
        if entry.contribution < .zero || entry.pledge < .zero { throw .outOfRange }
        let allowed = Int128(terms.pledgeMultiple.billionths) * Int128(entry.contribution.quanta)
        if Int128(entry.pledge.quanta) * 1_000_000_000 > allowed { throw .outOfRange }
        if let pool = pools[entry.pool], mutuals[entry.pool] == nil || pool.agreement != entry.agreement {
            throw .contradiction
        }
        guard let own = memberships[member], let held = holdings[member] else { throw .contradiction }
        let margin = NaiveMargin(of: held, besides: elsewhere(of: own), in: &market)
        let bound = mutualPool(binding: own)
        if let bound {
            guard bound == entry.pool, let stake = mutuals[bound]?.stakes[member] else { throw .contradiction }
            if entry.contribution < stake.contribution || entry.pledge < stake.lien { throw .contradiction }
            if margin.status != .margined || entry.contribution > margin.equity - heldMoney(of: member) {
                throw .contradiction
            }
            mutuals[bound]?.stakes[member]?.contribution = entry.contribution
            mutuals[bound]?.stakes[member]?.lien = entry.pledge
            return [own]
        }
        if own != ownPool(of: member, account) || members(of: own) != [member] { throw .contradiction }
        let others = (mutuals[entry.pool]?.stakes.keys.sorted() ?? []).compactMap { accounts[$0.account]?.owner }
        if others.count >= EngineLimits.mutualMembersMax { throw .contradiction }
        if terms.affiliates, others.contains(where: { family($0) != family(account.owner) }) { throw .contradiction }
        if margin.status != .margined || margin.equity <= margin.initialMargin { throw .contradiction }
        if entry.contribution > margin.equity - heldMoney(of: member) {
            joinsHeldUp += entry.contribution <= margin.equity ? 1 : 0
            throw .contradiction
        }
        var group = mutuals[entry.pool] ?? NaiveMutualGroup(terms: terms)
        group.stakes[member] = NaiveMutualGroup.Stake(
            contribution: entry.contribution, lien: entry.pledge, joined: now)
        guard let needed = pool(of: group).contributionNeeded(member), Int128(entry.contribution.quanta) >= needed
        else {
            joinsUncovered += 1
            throw .contradiction
        }
        mutuals[entry.pool] = group
        if pools[entry.pool] == nil { pools[entry.pool] = NaivePool(agreement: entry.agreement) }
        return [own]
    }

    /// What agreements that a member has left still hold of its money.
    private func heldMoney(of member: Member) -> Value {
        (holds[member] ?? []).filter { now < $0.until }.map(\.amount).reduce(.zero, +)
    }

    private func family(_ owner: OwnerID) -> OwnerID { families[owner] ?? owner }

    /// Notice is given; the member stays until it can leave.
    mutating func giveNotice(_ member: Member, to mutual: PoolID) throws(NaiveRefusal) {
        guard let group = mutuals[mutual], let stake = group.stakes[member], stake.leaves == nil else {
            throw .contradiction
        }
        let end = now + group.terms.exitNotice
        mutuals[mutual]?.stakes[member]?.leaves = end
        mutuals[mutual]?.stakes[member]?.nextTry = end
    }

    /// At the end of a record one of those whose notice has ended is tried: the one that was to be tried first.
    mutating func releaseLeavers() {
        var due: [(time: Timestamp, mutual: PoolID, member: Member)] = []
        for id in mutuals.keys.sorted() {
            for (member, stake) in (mutuals[id]?.stakes ?? [:]).sorted(by: { $0.key < $1.key })
            where stake.leaves != nil && now >= stake.nextTry {
                due.append((stake.nextTry, id, member))
            }
        }
        guard let time = due.map(\.time).min(), let (_, id, member) = due.first(where: { $0.time == time }),
            let group = mutuals[id], let stake = group.stakes[member], let own = memberships[member]
        else { return }
        if pool(of: group).standsAlone(member), pool(of: group, without: member).isWhole {
            mutuals[id]?.stakes[member] = nil
            holds[member, default: []].append((stake.contribution, now + group.terms.contributionHold))
            evaluate(all: [own, id], .membership)
        } else {
            // 1, 2, 4, … seconds, at most 64.
            mutuals[id]?.stakes[member]?.nextTry = now + .seconds(1 << min(Int32(stake.failures), 6))
            mutuals[id]?.stakes[member]?.failures += 1
        }
    }
}
