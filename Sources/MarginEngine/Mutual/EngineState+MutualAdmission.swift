import MarginDomain
import MarginModel

/// Whether a mutual pool lets somebody in: docs/event-rules.md §10. Entries and questions are decided by the same checks.
extension EngineState {
    /// What a `join` comes to.
    enum Admission {
        /// A member raises what it has pledged.
        case raise(number: Int, group: Int, Pledge)
        /// Somebody joins a pool, or the one that comes into being with it.
        case newcomer(MemberIndex, group: Int?, Pledge)
    }

    /// What a member locks, and the lien that it grants.
    struct Pledge {
        let contribution: Value
        let lien: Value
    }

    /// - Throws: the first reason why not.
    func admission(
        of member: Member, _ account: OpenAccount, _ event: PoolMembership, under agreed: MutualTerms
    ) throws(EntryRefusal) -> Admission {
        let group = try mutualGroup(event)
        let terms = group.map { groups[$0].terms } ?? agreed
        let pledge = try pledge(event, under: terms)
        guard let place = memberPlaces[member] else { throw EntryRefusal(.mutual(.noStandAloneExcess(.zero))) }
        if let bound = pools[members[place.number].pool.number].group {
            guard bound == group, let number = groups[bound].number(of: place) else {
                throw EntryRefusal(.mutual(.bound))
            }
            try checkRaise(of: groups[bound].memberships[number], to: pledge)
            return .raise(number: number, group: bound, pledge)
        }
        try check(newcomer: place, of: account, group, terms)
        try check(pledge, of: place, group, terms)
        return .newcomer(place, group: group, pledge)
    }

    private func pledge(_ event: PoolMembership, under terms: MutualTerms) throws(EntryRefusal) -> Pledge {
        guard event.contribution >= .zero else { throw EntryRefusal(.outOfRange(field: "contribution")) }
        guard event.pledge >= .zero else { throw EntryRefusal(.outOfRange(field: "pledge")) }
        let allowed = Int128(terms.pledgeMultiple.billionths) * Int128(event.contribution.quanta)
        guard Int128(event.pledge.quanta) * Int128(Ratio.scale) <= allowed else {
            throw EntryRefusal(.mutual(.pledgeBeyondMultiple))
        }
        return Pledge(contribution: event.contribution, lien: event.pledge)
    }

    /// The mutual pool that an entry names; nil if it does not exist yet.
    private func mutualGroup(_ event: PoolMembership) throws(EntryRefusal) -> Int? {
        guard event.pool.rawValue != 0, event.pool.rawValue >> 63 == 0 else { throw EntryRefusal(.identifierTaken) }
        guard let place = poolPlaces[event.pool] else { return nil }
        guard let group = mutualGroup(at: place), pools[place.number].agreement == event.agreement else {
            throw EntryRefusal(.membership)
        }
        return group
    }

    /// The mutual pool that a pool stands for.
    func mutualGroup(at place: PoolIndex) -> Int? {
        pools[place.number].group.flatMap { groups[$0].pool == place ? $0 : nil }
    }

    private func check(
        newcomer place: MemberIndex, of account: OpenAccount, _ group: Int?, _ terms: MutualTerms
    ) throws(EntryRefusal) {
        let own = members[place.number]
        guard pools[own.pool.number].model == nil else { throw EntryRefusal(.mutual(.method)) }
        guard pools[own.pool.number].id == own.ownPool, pools[own.pool.number].members == [place] else {
            throw EntryRefusal(.mutual(.notAlone))
        }
        let others = group.map { groups[$0].memberships.map(\.member) } ?? []
        guard others.count < EngineLimits.mutualMembersMax else { throw EntryRefusal(.mutual(.full)) }
        let family = reference.affiliation(of: account.owner)
        guard
            !terms.affiliates
                || others.allSatisfy({ reference.affiliation(of: members[$0.number].owner) == family })
        else { throw EntryRefusal(.mutual(.strangers)) }
    }

    /// What a newcomer must have: a margin excess, and a contribution out of its own money that covers enough.
    private func check(
        _ pledge: Pledge, of place: MemberIndex, _ group: Int?, _ terms: MutualTerms
    ) throws(EntryRefusal) {
        let margin = try standAloneMargin(of: place)
        guard margin.equity > margin.initial else {
            throw EntryRefusal(.mutual(.noStandAloneExcess(margin.equity - margin.initial)))
        }
        try check(pledge.contribution, of: place, within: margin.equity)
        let before = group.map { groups[$0].memberships } ?? []
        let after = memberships(before, with: place, pledge, joined: now)
        guard
            let preview = figures(of: before, under: terms, in: book).preview(
                ofJoining: after.place, in: figures(of: after.memberships, under: terms, in: book))
        else { return }
        for obstacle in preview.obstacles { throw EntryRefusal(.mutual(MutualRefusal(obstacle))) }
    }

    private func checkRaise(of known: MutualMembership, to pledge: Pledge) throws(EntryRefusal) {
        guard pledge.contribution >= known.contribution, pledge.lien >= known.lien else {
            throw EntryRefusal(.mutual(.pledgeLocked))
        }
        try check(pledge.contribution, of: known.member, within: try standAloneMargin(of: known.member).equity)
    }

    private func standAloneMargin(of place: MemberIndex) throws(EntryRefusal) -> PoolMargin {
        let margin = book.margin(of: holdings(of: place, in: book))
        guard margin.status == .margined else { throw EntryRefusal(.mutual(.withoutMargin)) }
        return margin
    }

    /// A contribution is own money, and none that an agreement still holds.
    private func check(
        _ contribution: Value, of place: MemberIndex, within equity: Value
    ) throws(EntryRefusal) {
        guard contribution <= equity else { throw EntryRefusal(.mutual(.contributionBeyondEquity(equity))) }
        let held = holds.held(of: place, at: now)
        guard contribution <= equity - held else { throw EntryRefusal(.mutual(.contributionHeld(held))) }
    }

    /// Memberships with a newcomer among them, in order of member.
    func memberships(
        _ before: [MutualMembership], with place: MemberIndex, _ pledge: Pledge, joined: Timestamp
    ) -> (memberships: [MutualMembership], place: Int) {
        let member = members[place.number].member
        let position = before.firstIndex { members[$0.member.number].member > member } ?? before.count
        var memberships = before
        memberships.insert(
            MutualMembership(
                member: place, contribution: pledge.contribution, lien: pledge.lien, joined: joined), at: position)
        return (memberships, position)
    }
}

/// A refusal as an error, so that the checks of an entry read one after another.
struct EntryRefusal: Error {
    let refusal: Refusal
    init(_ refusal: Refusal) { self.refusal = refusal }
}

extension MutualRefusal {
    /// What stands in a newcomer's way.
    init(_ obstacle: JoinObstacle) {
        switch obstacle {
        case .noStandAloneExcess(let excess): self = .noStandAloneExcess(excess)
        case .contributionTooSmall(let needed): self = .contributionTooSmall(needed: needed)
        case .coverImpossible: self = .coverImpossible
        }
    }
}
