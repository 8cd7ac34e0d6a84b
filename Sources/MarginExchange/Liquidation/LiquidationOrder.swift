public import MarginDomain

/// One slice of a liquidation plan, as a bot gives it to the exchange.
public struct LiquidationOrder: Equatable, Sendable {
    /// The pool that is being liquidated.
    public var pool: PoolID
    /// The plan that the slice belongs to; trades carry it.
    public var plan: PlanID
    /// The account whose position is reduced; 0 = whichever of the pool's members have one.
    public var account: AccountID
    /// What to trade.
    public var instrument: InstrumentID
    /// Signed lots to trade: against the position.
    public var quantity: Quantity
    /// Worst acceptable; zero if none.
    public var worstPrice: Price

    public init(
        pool: PoolID, plan: PlanID, account: AccountID, instrument: InstrumentID, quantity: Quantity, worstPrice: Price
    ) {
        self.pool = pool
        self.plan = plan
        self.account = account
        self.instrument = instrument
        self.quantity = quantity
        self.worstPrice = worstPrice
    }
}

/// What became of an order.
public enum LiquidationFill: Equatable, Sendable {
    /// It traded, for one member or several; `time` is the sending time of the message, which no other message has.
    case filled(quantity: Quantity, price: Price, time: Timestamp)
    /// It did not, and nothing changed.
    case refused(OrderRefusal)
}

/// Why an order did not trade.
public enum OrderRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The position is closed already, or the order would enlarge it.
    case nothingToReduce
    /// The mark has left the acceptable range.
    case beyondWorstPrice(mark: Price)
    /// The instrument has expired or was never listed here.
    case notTradable

    /// One sentence for people.
    public var description: String {
        switch self {
        case .nothingToReduce: "There is no position that the order would reduce."
        case .beyondWorstPrice(let mark): "The mark of \(mark.ticks) ticks is beyond the worst acceptable price."
        case .notTradable: "The instrument is not tradable."
        }
    }
}

/// Dollars that an owner pays into a pool.
public struct OwnerDeposit: Equatable, Sendable {
    /// The pool that it is to help.
    public var pool: PoolID
    /// Positive.
    public var value: Value

    public init(pool: PoolID, value: Value) {
        self.pool = pool
        self.value = value
    }
}
