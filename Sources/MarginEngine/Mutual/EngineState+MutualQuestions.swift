import MarginDomain
import MarginModel

/// What a mutual pool and its members are told about themselves, as of the last evaluation.
extension EngineState {
    /// The shares that concern a pool: everyone's for the pool that stands for all, a member's own for its own.
    func mutualShares(of place: PoolIndex) -> [MemberShare] {
        standings(of: place).compactMap { group, number in
            guard let share = groups[group].figures?.share(number) else { return nil }
            let member = self.member(number, of: group)
            return MemberShare(
                account: member.account, instrument: member.instrument, standAlone: share.standAlone.initial,
                component: share.component.initial, share: share.share.initial,
                maintenanceShare: share.share.maintenance)
        }
    }

    /// What the members that concern a pool stand for and are given.
    func mutualStakes(of place: PoolIndex) -> [MutualStake] {
        guard let figures = pools[place.number].group.flatMap({ groups[$0].figures }) else { return [] }
        // Once for all members: it is a search.
        let excess = figures.excess
        return standings(of: place).compactMap { group, number in
            guard let share = figures.share(number) else { return nil }
            let membership = groups[group].memberships[number]
            let member = self.member(number, of: group)
            return MutualStake(
                account: member.account, instrument: member.instrument,
                memberPool: pools[members[membership.member.number].pool.number].id,
                mutualPool: pools[groups[group].pool.number].id, equity: share.equity, pledge: share.pledge,
                beta: figures.pool.beta, credit: figures.credit(number), poolExcess: excess,
                withdrawable: min(
                    figures.withdrawable(by: number, poolExcess: excess),
                    max(.zero, share.equity - locked(of: membership))),
                ringFence: RingFenceReason(figures.fences[number], isSearched: figures.pool.isExact),
                leaves: membership.leaves ?? .zero, own: membership.change.own, others: membership.change.others,
                market: membership.change.market, parameters: membership.change.parameters)
        }
    }

    /// `K_i`: the most that a pool's member can lose to others, contribution and lien; 0 without a mutual pool, and of
    /// the pool that stands for the members.
    func pledge(of place: PoolIndex) -> Value {
        // SPEED: nearly all pools have no group, and stop here.
        guard pools[place.number].group != nil, let (group, number) = standing(of: place) else { return .zero }
        // A lien beyond the multiple of the contribution is never admitted.
        return groups[group].memberships[number].contribution + groups[group].memberships[number].lien
    }

    /// The margin that a member would have by itself; that of its pool for all others.
    func standAlone(_ place: PoolIndex) -> PoolMargin? {
        guard let (group, number) = standing(of: place) else { return pools[place.number].margin }
        return groups[group].figures?.alone[number]
    }

    /// The margin of a member with other holdings, while all others stay as they are.
    func margin(of holdings: PoolHoldings, ofMember place: PoolIndex) -> PoolMargin? {
        guard let (group, number) = standing(of: place) else { return nil }
        let changed = (groups[group].memberships[number].member, holdings)
        return groups[group].margin(number, figures(of: group, replacing: changed), at: now)
    }

    /// Whether a pool is a member's that may only reduce.
    func isRingFenced(_ place: PoolIndex) -> Bool {
        guard let (group, number) = standing(of: place) else { return false }
        return groups[group].figures?.fences[number] != nil
    }

    /// The mutual pool of a member's own pool, and its number there.
    func standing(of place: PoolIndex) -> (group: Int, number: Int)? {
        guard let group = pools[place.number].group, let member = pools[place.number].members.first,
            let number = groups[group].number(of: member)
        else { return nil }
        return (group, number)
    }

    private func standings(of place: PoolIndex) -> [(group: Int, number: Int)] {
        if let standing = standing(of: place) { return [standing] }
        guard let group = pools[place.number].group, let figures = groups[group].figures else { return [] }
        return groups[group].memberships.indices.filter { $0 < figures.alone.count }.map { (group, $0) }
    }

    private func member(_ number: Int, of group: Int) -> Member {
        members[groups[group].memberships[number].member.number].member
    }
}

extension RingFenceReason {
    /// - Parameter isSearched: whether the search for everybody's credit came to its end.
    init(_ fence: RingFence?, isSearched: Bool) {
        switch fence {
        case nil: self = isSearched ? .none : .searchSpent
        case .utilisation: self = .utilisation
        case .concentration: self = .concentration
        }
    }
}
