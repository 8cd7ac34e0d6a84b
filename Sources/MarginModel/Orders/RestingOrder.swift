public import MarginDomain

/// An order that waits in the market: what is left of it may fill in any part, at its price.
///
/// It is part of what its pool holds (``PoolHoldings``). Initial margin is that of the worst of all the books that its
/// pool's orders can make; everything else looks away from them (docs/margin-model.md §8).
public struct RestingOrder: Hashable, Sendable {
    public let order: OrderID
    public let instrument: InstrumentID
    /// Ticks of the instrument.
    public let price: Price
    /// Positive = buy; never zero.
    public let remaining: Quantity

    public init(order: OrderID, instrument: InstrumentID, price: Price, remaining: Quantity) {
        self.order = order
        self.instrument = instrument
        self.price = price
        self.remaining = remaining
    }
}

extension RestingOrder: Comparable {
    public static func < (left: RestingOrder, right: RestingOrder) -> Bool {
        (left.instrument, left.order, left.price, left.remaining)
            < (right.instrument, right.order, right.price, right.remaining)
    }
}

extension PoolHoldings {
    /// Adds an order; two members may have orders that look the same.
    public mutating func add(_ order: RestingOrder) {
        orders.insert(order, at: orders.firstIndex { $0 > order } ?? orders.count)
    }

    /// The same without one order; of several that look the same one is as good as another.
    public func without(_ order: RestingOrder) -> PoolHoldings {
        var rest = self
        if let place = rest.orders.firstIndex(of: order) { rest.orders.remove(at: place) }
        return rest
    }

    /// The same positions and balances, with nothing waiting in the market.
    public var withoutOrders: PoolHoldings {
        var rest = self
        rest.orders = []
        return rest
    }
}
