import MarginDomain

/// Orders that open, change, fill and go, near the market and far from it.
extension GeneratedWorld {
    private static let ordersMax = 60

    /// A record of one to four updates.
    mutating func changeOrders() {
        var entries: [OrderUpdate] = []
        for _ in 0..<(1 + random.index(4)) {
            if orders.isEmpty || (random.chance(0.55) && orders.count < Self.ordersMax) {
                entries.append(newOrder())
            } else {
                entries.append(changedOrder(random.index(orders.count)))
            }
        }
        if random.chance(0.08) { entries.append(unusableOrder()) }
        emit(.orderUpdate(entries), from: Self.trading)
    }

    private mutating func newOrder() -> OrderUpdate {
        let isRare = random.chance(0.01)
        let listed = instruments.filter { ($0.underlying.id == GeneratedAsset.unmargined.id) == isRare }
        let instrument = random.pick(listed.isEmpty ? instruments : listed)
        let account = random.pick(accounts)
        let spot = price(of: instrument.underlying)
        let fair = instrument.fairPrice(spot: spot, volatility: volatility(of: instrument.underlying), at: time)
        let lots = instrument.lots(worth: random.number(0.05, 1) * account.wealth, spot: spot).lots
        nextReference += 1
        let order = OrderUpdate(
            action: .open, order: OrderID(nextReference), account: account.id,
            mode: random.chance(0.05) ? .isolated : .cross, instrument: instrument.id,
            price: instrument.ticks(fair * (1 + 0.03 * random.bell())),
            remaining: Quantity(random.chance(0.5) ? lots : -lots), updateTime: time)
        orders.append(order)
        return order
    }

    /// An order is amended, filled in part or whole, or cancelled.
    private mutating func changedOrder(_ place: Int) -> OrderUpdate {
        var order = orders[place]
        order.updateTime = time
        switch random.index(4) {
        case 0:
            order.action = .amend
            order.price = Price(max(1, order.price.ticks + order.price.ticks / 100 * Int64(random.index(5) - 2)))
        case 1:
            order.action = .fill
            order.remaining = Quantity(order.remaining.lots / 2)
        case 2:
            order.action = .fill
            order.remaining = .zero
        default: order.action = .cancel
        }
        if order.action == .cancel || order.remaining == .zero {
            orders.remove(at: place)
        } else {
            orders[place] = order
        }
        return order
    }

    /// An order that must be refused, or one so large that nothing more may be opened beside it.
    private mutating func unusableOrder() -> OrderUpdate {
        nextReference += 1
        var order = OrderUpdate(
            action: .open, order: OrderID(nextReference), account: random.pick(accounts).id, mode: .cross,
            instrument: random.pick(instruments).id, price: Price(100), remaining: Quantity(1), updateTime: time)
        switch random.index(6) {
        case 0: order.remaining = Quantity(EngineLimits.positionLotsMax + 1)
        case 1: order.price = Price(.max)
        case 2: order.price = .zero
        case 3: order.order = OrderID(0)
        case 4: order.account = AccountID(777_777)
        default:
            order.remaining = Quantity(-EngineLimits.positionLotsMax)
            orders.append(order)
        }
        return order
    }
}
