import MarginDomain
import MarginModel

/// What the owner of a pool holds in its other pools: docs/event-rules.md §6.
///
/// Taken from the ledger, which every shard has, whichever shard evaluates those pools. Owners with one pool, nearly all,
/// cost nothing.
extension EngineState {
    /// Brings up to date what a pool is about to be charged by.
    mutating func noteElsewhere(of place: PoolIndex) {
        guard book.chargesOwners, let slot = pools[place.number].slot, let owner = ownerOfSeveral(place) else { return }
        renewSizes(of: owner)
        let elsewhere = owners.all[owner.number].elsewhere(of: place)
        book.setElsewhere(elsewhere, of: slot)
        pools[place.number].elsewhere = elsewhere
    }

    /// The same for a question, which evaluates nothing.
    mutating func noteElsewhere(askedAbout place: PoolIndex, _ slot: PoolSlot) {
        guard book.chargesOwners, let elsewhere = elsewhere(of: place) else { return }
        book.setElsewhere(elsewhere, of: slot)
    }

    /// What a pool holds, besides what its owner has in other pools at this moment.
    func holdings(of place: PoolIndex, _ slot: PoolSlot) -> PoolHoldings {
        guard book.chargesOwners, let elsewhere = elsewhere(of: place) else { return book.holdings(of: slot) }
        return book.holdings(of: slot).besides(elsewhere)
    }

    /// What a member by itself in its pool holds, besides what its owner has in other pools at this moment, for a book
    /// that may charge by size.
    func holdings(of member: MemberIndex, in book: MarginBook) -> PoolHoldings {
        let own = holdings(of: member)
        guard book.chargesOwners, let elsewhere = elsewhere(of: members[member.number].pool) else { return own }
        return own.besides(elsewhere)
    }

    /// The same for every pool that a cut evaluates: each owner's pools are added up once.
    mutating func noteElsewhere(exposedTo underlying: AssetID) {
        guard book.chargesOwners else { return }
        for owner in owners.ofSeveral {
            for place in owners.all[owner.number].pools {
                guard let slot = pools[place.number].slot, book.isExposed(slot, to: underlying) else { continue }
                noteElsewhere(of: place)
            }
        }
    }

    /// The same for the members of a mutual pool, wherever their own pools are evaluated.
    mutating func renewSizes(ofGroup number: Int) {
        guard book.chargesOwners else { return }
        for membership in groups[number].memberships {
            if let owner = ownerOfSeveral(members[membership.member.number].pool) { renewSizes(of: owner) }
        }
    }

    /// Of the owner's other pools; nil for a pool whose owner has no other.
    func elsewhere(of place: PoolIndex) -> OwnerSizes? {
        ownerOfSeveral(place).map { renewed(owners.all[$0.number]).elsewhere(of: place) }
    }

    private func ownerOfSeveral(_ place: PoolIndex) -> OwnerIndex? {
        pools[place.number].ownerPlace.flatMap { owners.all[$0.number].pools.count > 1 ? $0 : nil }
    }

    /// What all that are long have of an instrument changes with a position.
    mutating func countOpenLots(of instrument: Instrument, _ now: Int128, after change: Int64) {
        book.addOpenLots(max(now, 0) - max(now - Int128(change), 0), of: instrument.id)
    }
}
