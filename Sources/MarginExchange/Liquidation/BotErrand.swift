import MarginDomain

/// What a bot's rules want done by its shell.
enum BotErrand: Equatable {
    /// Ask the engine.
    case ask(RequestID, Query)
    /// Trade the slices of a plan, in order.
    case trade([LiquidationOrder])
    /// Pay in on an owner's behalf.
    case pay(OwnerDeposit)
}

/// What a bot is doing about one pool.
struct PoolWork: Equatable {
    /// The newest signal.
    var signal: Signal
    /// Slices that are still to be traded.
    var orders: [LiquidationOrder] = []
    /// Whether this bot may work the liquidation.
    var isClaimed = false
    /// Signals about earlier moments do not know of this bot's last trade yet.
    var tradedUntil = Timestamp.zero
    /// Whether the owner has been moved to pay in, in this episode.
    var hasAskedOwner = false

    /// The slices that a signal's plan proposes.
    static func orders(of signal: Signal) -> [LiquidationOrder] {
        signal.steps.filter { $0.kind == .slice && $0.quantity != .zero }.map { step in
            LiquidationOrder(
                pool: signal.pool, plan: signal.plan, account: step.account, instrument: step.instrument,
                quantity: step.quantity, worstPrice: step.price)
        }
    }
}
