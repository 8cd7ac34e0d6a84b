import MarginDomain
import MarginModel

/// Joining and leaving mutual pools.
extension EngineState {
    mutating func joinMutual(
        _ member: Member, of account: OpenAccount, _ event: PoolMembership, under agreed: MutualTerms,
        _ effects: inout RecordEffects
    ) {
        do throws(EntryRefusal) {
            let group = try group(event)
            // An amended agreement is for pools that come into being later.
            let terms = group.map { groups[$0].terms } ?? agreed
            let pledge = try pledge(event, under: terms)
            guard let place = memberPlaces[member] else { throw EntryRefusal(.mutual(.noStandAloneExcess(.zero))) }
            let pool = members[place.number].pool
            if let bound = pools[pool.number].group {
                guard bound == group, let number = groups[bound].number(of: place) else {
                    throw EntryRefusal(.mutual(.bound))
                }
                try raise(number, of: bound, to: pledge)
            } else {
                try check(newcomer: place, of: account, group, terms)
                try check(pledge, of: place, group, terms)
                bind(place, pledge, to: group ?? makeGroup(event, owner: account.owner, terms))
            }
            evaluate([pool], because: .membership, &effects)
        } catch { effects.refuse(error.refusal) }
    }

    /// A member's notice; it leaves when that has ended and it can.
    mutating func giveNotice(_ member: Member, to group: Int, _ effects: inout RecordEffects) {
        guard let place = memberPlaces[member], let number = groups[group].number(of: place) else {
            return effects.refuse(.membership)
        }
        guard groups[group].memberships[number].leaves == nil else { return effects.refuse(.mutual(.noticeGiven)) }
        let end = groups[group].terms.exit(noticeAt: now).leaves
        groups[group].memberships[number].leaves = end
        groups[group].memberships[number].nextTry = end
    }

    /// At the end of a record: members whose notice has ended leave if they can, in order of pool and member.
    mutating func releaseLeavers(_ effects: inout RecordEffects) {
        for group in groupsByPool {
            for member in groups[group].memberships.map(\.member) {
                guard let number = groups[group].number(of: member),
                    groups[group].memberships[number].leaves != nil,
                    now >= groups[group].memberships[number].nextTry
                else { continue }
                guard canLeave(number, group) else {
                    groups[group].memberships[number].nextTry = now + .seconds(1)
                    continue
                }
                let pool = members[member.number].pool
                groups[group].memberships.remove(at: number)
                pools[pool.number].group = nil
                evaluate([pool, groups[group].pool], because: .membership, &effects)
            }
        }
    }

    /// Whether a member stands alone, and the others without it.
    private func canLeave(_ number: Int, _ group: Int) -> Bool {
        guard figures(of: group).standsAlone(number) else { return false }
        var others = groups[group].memberships
        others.remove(at: number)
        return figures(of: group, among: others, in: book).isWhole
    }

    private typealias Pledge = (contribution: Value, lien: Value)

    private func pledge(_ event: PoolMembership, under terms: MutualTerms) throws(EntryRefusal) -> Pledge {
        guard event.contribution >= .zero else { throw EntryRefusal(.outOfRange(field: "contribution")) }
        guard event.pledge >= .zero else { throw EntryRefusal(.outOfRange(field: "pledge")) }
        let allowed = Int128(terms.pledgeMultiple.billionths) * Int128(event.contribution.quanta)
        guard Int128(event.pledge.quanta) * Int128(Ratio.scale) <= allowed else {
            throw EntryRefusal(.mutual(.pledgeBeyondMultiple))
        }
        return (event.contribution, event.pledge)
    }

    /// The mutual pool that an entry names; nil if it does not exist yet.
    private func group(_ event: PoolMembership) throws(EntryRefusal) -> Int? {
        guard event.pool.rawValue != 0, event.pool.rawValue >> 63 == 0 else { throw EntryRefusal(.identifierTaken) }
        guard let place = poolPlaces[event.pool] else { return nil }
        guard let group = pools[place.number].group, groups[group].pool == place,
            pools[place.number].agreement == event.agreement
        else { throw EntryRefusal(.membership) }
        return group
    }

    private func check(
        newcomer place: MemberIndex, of account: OpenAccount, _ group: Int?, _ terms: MutualTerms
    ) throws(EntryRefusal) {
        let own = members[place.number]
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
        let margin = book.margin(of: holdings(of: place, in: book))
        guard margin.status == .margined else { throw EntryRefusal(.mutual(.withoutMargin)) }
        guard margin.equity > margin.initial else {
            throw EntryRefusal(.mutual(.noStandAloneExcess(margin.equity - margin.initial)))
        }
        try check(pledge.contribution, within: margin.equity)
        let needed = Rounding.up(
            Int128(terms.contributionShare.billionths) * Int128(margin.initial.quanta), dividedBy: Int128(Ratio.scale))
        guard Int128(pledge.contribution.quanta) >= needed else {
            throw EntryRefusal(.mutual(.contributionTooSmall(needed: Value(saturating: needed))))
        }
    }

    private func check(_ contribution: Value, within equity: Value) throws(EntryRefusal) {
        guard contribution <= equity else { throw EntryRefusal(.mutual(.contributionBeyondEquity(equity))) }
    }

    private mutating func raise(_ number: Int, of group: Int, to pledge: Pledge) throws(EntryRefusal) {
        let known = groups[group].memberships[number]
        guard pledge.contribution >= known.contribution, pledge.lien >= known.lien else {
            throw EntryRefusal(.mutual(.pledgeLocked))
        }
        let margin = book.margin(of: holdings(of: known.member, in: book))
        guard margin.status == .margined else { throw EntryRefusal(.mutual(.withoutMargin)) }
        try check(pledge.contribution, within: margin.equity)
        groups[group].memberships[number].contribution = pledge.contribution
        groups[group].memberships[number].lien = pledge.lien
    }

    private mutating func bind(_ place: MemberIndex, _ pledge: Pledge, to group: Int) {
        let membership = MutualMembership(
            member: place, contribution: pledge.contribution, lien: pledge.lien, joined: now)
        let member = members[place.number].member
        let position = groups[group].memberships.firstIndex { members[$0.member.number].member > member }
        groups[group].memberships.insert(membership, at: position ?? groups[group].memberships.count)
        pools[members[place.number].pool.number].group = group
    }

    private mutating func makeGroup(_ event: PoolMembership, owner: OwnerID, _ terms: MutualTerms) -> Int {
        let number = groups.count
        let place = makePool(event.pool, owner: owner, agreement: event.agreement, as: .standing)
        pools[place.number].group = number
        groups.append(MutualGroup(pool: place, terms: terms))
        let position = groupsByPool.firstIndex { pools[groups[$0].pool.number].id > event.pool }
        groupsByPool.insert(number, at: position ?? groupsByPool.count)
        return number
    }
}

/// A refusal as an error, so that the checks of an entry read one after another.
private struct EntryRefusal: Error {
    let refusal: Refusal
    init(_ refusal: Refusal) { self.refusal = refusal }
}
