public import MarginDomain

extension MarginBook {
    /// When the oldest of the index prices, forwards and marks of what a pool holds was published; nil if it depends on
    /// none. That is what signals say: docs/event-rules.md §6.
    public func oldestInput(of pool: PoolSlot) -> Timestamp? {
        var oldest: Timestamp?
        for place in pools[pool.index].sections where !underlyings[place.underlying].arena.isEmpty(place.section) {
            guard let time = underlyings[place.underlying].oldestInput(of: place.section) else { continue }
            oldest = oldest.map { min($0, time) } ?? time
        }
        return oldest
    }
}

extension UnderlyingBook {
    /// When the oldest of a section's inputs was published: the index, forwards of options, marks of all else.
    func oldestInput(of section: Int) -> Timestamp? {
        var oldest = market.index?.publishTime
        var last: Timestamp?
        for place in arena.positions(section) {
            guard let instrument = contracts.instruments[Int(arena.rowAt[place])] else { continue }
            let time: Timestamp?
            if case .option(_, _, _, let expiry) = instrument.contract {
                // Positions of one expiry lie beside each other.
                if expiry == last { continue }
                last = expiry
                time = market.forward(of: expiry)?.publishTime
            } else {
                time = market.mark(of: instrument.id)?.publishTime
            }
            if let time { oldest = oldest.map { min($0, time) } ?? time }
        }
        return oldest
    }
}
