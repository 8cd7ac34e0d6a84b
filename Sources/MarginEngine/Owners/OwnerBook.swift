import MarginDomain

/// Where an owner stands in the engine's tables. Dense and internal: never on the wire.
struct OwnerIndex: Hashable, Sendable, BitwiseCopyable {
    let place: Int32
    var number: Int { Int(place) }
}

/// Which pools belong to whom.
struct OwnerBook: Sendable {
    private var places: [OwnerID: OwnerIndex] = [:]
    /// By place.
    var all: [OwnedPools] = []
    /// Owners of more than one pool, in the order in which they became that.
    private(set) var ofSeveral: [OwnerIndex] = []

    /// The pool that an owner had before its second.
    func firstPool(besides second: PoolIndex, of owner: OwnerIndex?) -> PoolIndex? {
        guard let owner, all[owner.number].pools.count == 2, all[owner.number].pools[1] == second else { return nil }
        return all[owner.number].pools[0]
    }

    /// Gives a pool to its owner, for good.
    mutating func add(_ pool: PoolIndex, of owner: OwnerID) -> OwnerIndex {
        let place = places[owner] ?? OwnerIndex(place: Int32(all.count))
        if place.number == all.count {
            all.append(OwnedPools())
            places[owner] = place
        }
        all[place.number].add(pool)
        if all[place.number].pools.count == 2 { ofSeveral.append(place) }
        return place
    }
}
