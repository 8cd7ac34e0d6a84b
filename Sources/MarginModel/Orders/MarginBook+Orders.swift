import MarginDomain

extension MarginBook {
    /// Adds an order to what a pool holds. Its instrument must have a row.
    public mutating func add(_ order: RestingOrder, to pool: PoolSlot) {
        guard let (place, open) = resolve(order) else { return }
        loosen(pool)
        let section = section(of: place, for: pool)
        underlyings[place].arena.add(open, to: section)
        pools[pool.index].addOrders(1, numeraire)
    }

    /// Takes an order away again; nothing happens if it went with its instrument's row.
    public mutating func remove(_ order: RestingOrder, from pool: PoolSlot) {
        guard let (place, _) = resolve(order), let section = pools[pool.index].section(of: place),
            underlyings[place].arena.remove(order, from: section)
        else { return }
        loosen(pool)
        pools[pool.index].addOrders(-1, numeraire)
    }

    /// Where an order's row is; nil without one.
    func resolve(_ order: RestingOrder) -> (place: Int, order: OpenOrder)? {
        guard let known = instrument(order.instrument), let place = place(of: known.underlying),
            let row = underlyings[place].contracts.row(of: order.instrument)
        else { return nil }
        return (place, OpenOrder(order, of: known, row: row))
    }

    /// Orders go with their instrument's row.
    mutating func dropOrders(row: Int, _ place: Int) {
        for (section, count) in underlyings[place].arena.dropOrders(row: row) {
            pools[underlyings[place].arena.owners[section].pool.index].addOrders(-count, numeraire)
        }
    }
}
