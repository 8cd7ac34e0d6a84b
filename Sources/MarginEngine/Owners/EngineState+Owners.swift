import MarginDomain
import MarginModel

/// What the owner of a pool holds in its other pools: docs/event-rules.md §6.
///
/// Taken from the ledger, which every shard has, whichever shard evaluates those pools. Owners with one pool, nearly all,
/// cost nothing.
extension EngineState {
    /// Brings up to date what a pool is about to be charged by.
    mutating func noteElsewhere(of place: PoolIndex) {
        guard book.chargesOwners, let slot = pools[place.number].slot, let elsewhere = elsewhere(of: place) else {
            return
        }
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

    /// The same for every pool that a cut evaluates: each owner's pools are summed up once.
    mutating func noteElsewhere(exposedTo underlying: AssetID) {
        guard book.chargesOwners else { return }
        for owner in owners.ofSeveral {
            let own = owners.pools(of: owner)
            let isExposed = own.contains { place in
                pools[place.number].slot.map { book.isExposed($0, to: underlying) } ?? false
            }
            guard isExposed else { continue }
            let sizes = own.map { size(of: $0) }
            let whole = sizes.reduce(OwnerSizes(), +)
            for (place, size) in zip(own, sizes) {
                if let slot = pools[place.number].slot, book.isExposed(slot, to: underlying) {
                    book.setElsewhere(whole - size, of: slot)
                    pools[place.number].elsewhere = whole - size
                }
            }
        }
    }

    /// Of the owner's other pools; nil for a pool whose owner has no other.
    func elsewhere(of place: PoolIndex) -> OwnerSizes? {
        let own = owners.pools(of: pools[place.number].owner)
        guard own.count > 1 else { return nil }
        return own.filter { $0 != place }.reduce(OwnerSizes()) { $0 + size(of: $1) }
    }

    /// What all that are long have of an instrument changes with a position.
    mutating func countOpenLots(of instrument: Instrument, _ now: Int128, after change: Int64) {
        book.addOpenLots(max(now, 0) - max(now - Int128(change), 0), of: instrument.id)
    }

    /// A pool nets what its members have.
    private func size(of place: PoolIndex) -> OwnerSizes {
        pools[place.number].members.reduce(OwnerSizes()) { $0 + book.sizes(of: holdings(of: $1)) }.magnitudes
    }
}

/// Which pools belong to whom.
struct OwnerBook: Sendable {
    private var places: [OwnerID: [PoolIndex]] = [:]
    /// Owners of more than one pool, in the order in which they became that.
    private(set) var ofSeveral: [OwnerID] = []

    /// In the order in which they came into being.
    func pools(of owner: OwnerID) -> [PoolIndex] { places[owner] ?? [] }

    mutating func add(_ pool: PoolIndex, of owner: OwnerID) {
        places[owner, default: []].append(pool)
        if places[owner]?.count == 2 { ofSeveral.append(owner) }
    }
}
