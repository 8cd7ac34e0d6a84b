public import MarginDomain

/// One published price that a pool's margin depends on.
public struct PricedInput: Equatable, Sendable {
    public let underlying: AssetID
    /// The expiry of a forward; ``Timestamp/zero`` for the index and for marks.
    public let expiry: Timestamp
    /// The instrument of a mark; ``InstrumentID/none`` otherwise.
    public let instrument: InstrumentID
    public let price: Price
    public let publishTime: Timestamp
}

extension MarginBook {
    /// The index prices, forwards and marks that holdings depend on, by underlying: index, forwards by expiry, marks by
    /// instrument. What was never published is left out.
    public func inputs(of holdings: PoolHoldings) -> [PricedInput] {
        var needs: [AssetID: Needs] = [:]
        for balance in holdings.balances where place(of: balance.asset) != nil {
            needs[balance.asset, default: Needs()] = needs[balance.asset] ?? Needs()
        }
        for position in holdings.positions {
            guard let instrument = instrument(position.instrument) else { continue }
            if case .option(_, _, _, let expiry) = instrument.contract {
                needs[instrument.underlying, default: Needs()].expiries.insert(expiry)
            } else {
                needs[instrument.underlying, default: Needs()].marks.insert(instrument.id)
            }
        }
        return needs.sorted { $0.key < $1.key }.flatMap { asset, needs in
            market(of: asset).map { inputs(of: $0, needs) } ?? []
        }
    }

    /// When the oldest input of a pool was published; nil if it depends on none.
    public func oldestInput(of pool: PoolSlot) -> Timestamp? {
        var oldest: Timestamp?
        for place in pools[pool.index].sections where !underlyings[place.underlying].arena.isEmpty(place.section) {
            guard let time = underlyings[place.underlying].oldestInput(of: place.section) else { continue }
            oldest = oldest.map { min($0, time) } ?? time
        }
        return oldest
    }

    private struct Needs {
        var expiries: Set<Timestamp> = []
        var marks: Set<InstrumentID> = []
    }

    private func inputs(of market: UnderlyingMarket, _ needs: Needs) -> [PricedInput] {
        let asset = market.underlying.id
        var list: [PricedInput] = []
        if let index = market.index {
            list.append(
                PricedInput(
                    underlying: asset, expiry: .zero, instrument: .none, price: index.price,
                    publishTime: index.publishTime))
        }
        for expiry in needs.expiries.sorted() {
            guard let forward = market.forward(of: expiry) else { continue }
            list.append(
                PricedInput(
                    underlying: asset, expiry: expiry, instrument: .none, price: forward.forward,
                    publishTime: forward.publishTime))
        }
        for id in needs.marks.sorted() {
            guard let mark = market.mark(of: id) else { continue }
            list.append(
                PricedInput(
                    underlying: asset, expiry: .zero, instrument: id, price: mark.price, publishTime: mark.publishTime))
        }
        return list
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
