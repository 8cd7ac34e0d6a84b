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
        groups[group].memberships[number].leaves = end
        groups[group].memberships[number].nextTry = end
        nextExit = min(nextExit ?? end, end)
    }

    /// At the end of a record: members whose notice has ended leave if they can, in order of pool and member.
    mutating func releaseLeavers(_ effects: inout RecordEffects) {
        // SPEED: nothing is done in a record before the next one may leave.
        guard let nextExit, now >= nextExit else { return }
        for group in groupsByPool where groups[group].memberships.contains(where: { $0.leaves != nil }) {
            for member in groups[group].memberships.map(\.member) {
                guard let number = groups[group].number(of: member),
                    groups[group].memberships[number].leaves != nil,
                    now >= groups[group].memberships[number].nextTry
                else { continue }
                guard canLeave(number, group) else {
                    groups[group].memberships[number].nextTry = now + .seconds(1)
                    continue
                }
                release(number, from: group, &effects)
            }
        }
        self.nextExit = groups.lazy.flatMap(\.memberships).filter { $0.leaves != nil }.map(\.nextTry).min()
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
