import MarginDomain

/// Section 3 of the rules: orders that rest in the market.
extension NaiveExchange {
    mutating func apply(_ entry: OrderUpdate) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[entry.instrument], let account = accounts[entry.account]
        else { throw .unknown }
        let member = Member(entry.account, mode: entry.mode, trading: entry.instrument)
        let isKnown = holdings[member]?.orders.contains { $0.id == entry.order } ?? false
        if entry.action == .cancel || entry.remaining == .zero {
            guard isKnown, let pool = memberships[member] else { return [] }
            holdings[member]?.orders.removeAll { $0.id == entry.order }
            return [pool]
        }
        if market.settled.contains(entry.instrument) || entry.order == OrderID(0) { throw .outOfRange }
        if entry.remaining.lots.magnitude > UInt64(EngineLimits.positionLotsMax) { throw .outOfRange }
        if entry.price <= .zero { throw .outOfRange }
        if instrument.cost(of: entry.remaining, at: entry.price) == nil { throw .outOfRange }
        create(member, account)
        let count = holdings[member]?.orders.count ?? 0
        if !isKnown, count >= EngineLimits.ordersPerMemberMax { throw .outOfRange }
        holdings[member]?.orders.removeAll { $0.id == entry.order }
        holdings[member]?.orders.append(
            NaiveOrder(id: entry.order, instrument: entry.instrument, n: entry.remaining, p: entry.price))
        return memberships[member].map { [$0] } ?? []
    }

    /// Drops every order in an instrument that ends; the pools whose they were.
    mutating func dropOrders(in instrument: InstrumentID) -> Set<PoolID> {
        var pools: Set<PoolID> = []
        for (member, held) in holdings where held.orders.contains(where: { $0.instrument == instrument }) {
            holdings[member]?.orders.removeAll { $0.instrument == instrument }
            if let pool = memberships[member] { pools.insert(pool) }
        }
        return pools
    }
}
