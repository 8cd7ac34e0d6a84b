import MarginDomain
import MarginModel

/// Where the ledger meets the model's book: every change of a member is a change of what its pool holds net.
extension EngineState {
    mutating func changeHolding(of asset: AssetID, by change: Balance, in pool: PoolIndex) {
        guard let slot = pools[pool.number].slot else { return }
        book.add(change, of: asset, to: slot)
    }

    mutating func changeHolding(of instrument: Instrument, by change: NetQuantity, in pool: PoolIndex) {
        guard let slot = pools[pool.number].slot else { return }
        book.add(change, of: instrument.id, to: slot)
    }

    mutating func add(_ order: RestingOrder, in pool: PoolIndex) {
        guard let slot = pools[pool.number].slot else { return }
        book.add(order, to: slot)
    }

    mutating func remove(_ order: RestingOrder, in pool: PoolIndex) {
        guard let slot = pools[pool.number].slot else { return }
        book.remove(order, from: slot)
    }

    /// What one member holds, in the terms of its pool.
    func holdings(of place: MemberIndex) -> PoolHoldings {
        var holdings = PoolHoldings()
        let account = members[place.number]
        for (asset, balance) in account.balances { holdings.add(balance, of: asset) }
        for (id, position) in account.positions {
            holdings.add(position.quantity, of: id)
            guard let instrument = reference.instruments[id] else { continue }
            holdings.add(.zero - position.cost, of: instrument.settlementAsset)
        }
        for order in account.orders.values { holdings.add(order) }
        return holdings
    }
}
