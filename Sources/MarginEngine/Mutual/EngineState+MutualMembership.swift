import MarginDomain
import MarginModel

/// Joining and leaving mutual pools.
extension EngineState {
    mutating func joinMutual(
        _ member: Member, of account: OpenAccount, _ event: PoolMembership, under agreed: MutualTerms,
        _ effects: inout RecordEffects
    ) {
        do throws(EntryRefusal) {
            let place: MemberIndex
            switch try admission(of: member, account, event, under: agreed) {
            case .raise(let number, let group, let pledge):
                groups[group].memberships[number].contribution = pledge.contribution
                groups[group].memberships[number].lien = pledge.lien
                place = groups[group].memberships[number].member
            case .newcomer(let newcomer, let group, let pledge):
                // An amended agreement is for pools that come into being later.
                bind(newcomer, pledge, to: group ?? makeGroup(event, owner: account.owner, agreed))
                place = newcomer
            }
            evaluate([members[place.number].pool], because: .membership, &effects)
        } catch { effects.refuse(error.refusal) }
    }

    /// A member's notice; it leaves when that has ended and it can.
    mutating func giveNotice(_ member: Member, to group: Int, _ effects: inout RecordEffects) {
        guard let place = memberPlaces[member], let number = groups[group].number(of: place) else {
            return effects.refuse(.membership)
        }
        guard groups[group].memberships[number].leaves == nil else { return effects.refuse(.mutual(.noticeGiven)) }
        let end = groups[group].terms.exit(noticeAt: now).leaves
        groups[group].memberships[number].giveNotice(until: end)
        nextExit = min(nextExit ?? end, end)
    }

    /// At the end of a record: of the members whose notice has ended the one that has waited longest leaves if it can.
    ///
    /// One a record and, after failures, ever more rarely: a try is an evaluation of all other members, and a pool that
    /// nobody can leave must not take the engine's time.
    mutating func releaseLeavers(_ effects: inout RecordEffects) {
        // SPEED: nothing is done in a record before the next one may leave.
        guard let nextExit, now >= nextExit else { return }
        if let (number, group) = nextLeaver {
            if canLeave(number, group) {
                release(number, from: group, &effects)
            } else {
                groups[group].memberships[number].postpone(at: now)
            }
        }
        self.nextExit = groups.lazy.flatMap(\.memberships).filter { $0.leaves != nil }.map(\.nextTry).min()
    }

    /// Who is tried next; among equals in order of mutual pool, then of member.
    private var nextLeaver: (number: Int, group: Int)? {
        var first: (number: Int, group: Int, time: Timestamp)?
        for group in groupsByPool {
            for (number, membership) in groups[group].memberships.enumerated()
            where membership.leaves != nil && membership.nextTry <= now {
                if first.map({ membership.nextTry < $0.time }) ?? true { first = (number, group, membership.nextTry) }
            }
        }
        return first.map { ($0.number, $0.group) }
    }

    /// A member leaves; what it contributed stays held.
    private mutating func release(_ number: Int, from group: Int, _ effects: inout RecordEffects) {
        let left = groups[group].memberships.remove(at: number)
        holds.hold(
            left.contribution, of: left.member, at: now, until: now + groups[group].terms.contributionHold)
        let pool = members[left.member.number].pool
        pools[pool.number].group = nil
        evaluate([pool, groups[group].pool], because: .membership, &effects)
    }

    /// Whether a member stands alone, and the others without it.
    private func canLeave(_ number: Int, _ group: Int) -> Bool {
        var others = groups[group].memberships
        let leaver = others.remove(at: number).member
        // SPEED: its own margin first, which is one, before that of all others.
        let alone = book.margin(of: holdings(of: leaver, in: book))
        return alone.status == .margined && alone.equity >= alone.initial
            && figures(of: others, under: groups[group].terms, in: book).isWhole
    }

    private mutating func bind(_ place: MemberIndex, _ pledge: Pledge, to group: Int) {
        groups[group].memberships = memberships(groups[group].memberships, with: place, pledge, joined: now).memberships
        pools[members[place.number].pool.number].group = group
        // The members of a mutual pool are evaluated together.
        if let slot = pools[members[place.number].pool.number].slot { book.loosen(slot) }
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
