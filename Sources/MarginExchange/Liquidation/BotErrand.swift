import MarginDomain

/// What a bot's rules want done by its shell.
enum BotErrand: Equatable {
    /// Ask the engine.
    case ask(RequestID, Query)
    /// Trade a pool's slices, one after the other for as long as there is a next one.
    case trade(PoolID)
    /// Pay in on an owner's behalf.
    case pay(OwnerDeposit)
}

/// What a bot is doing about one pool.
struct PoolWork: Equatable {
    /// The newest signal.
    var signal: Signal
    /// Slices that are still to be traded; a newer plan replaces them.
    var orders: [LiquidationOrder] = []
    /// Slices that the price kept from trading, until the next heartbeat.
    var waiting: [LiquidationOrder] = []
    /// Whether the shell has been told to trade.
    var isTrading = false
    /// Until when this bot may work the liquidation.
    var claimedUntil = Timestamp.zero
    /// The heartbeat at which a claim was asked for that is not answered yet.
    var claimAskedAt: UInt64?
    /// Signals about earlier moments do not know of this bot's last trade yet.
    var tradedUntil = Timestamp.zero
    /// Whether the owner has been moved to pay in, in this episode.
    var hasAskedOwner = false

    /// Makes the slices that the price kept from trading due again.
    mutating func takeUpWaiting() {
        orders += waiting
        waiting = []
    }

    /// The slices that a signal's plan proposes.
    static func orders(of signal: Signal) -> [LiquidationOrder] {
        signal.steps.filter { $0.kind == .slice && $0.quantity != .zero }.map { step in
            LiquidationOrder(
                pool: signal.pool, plan: signal.plan, account: step.account, instrument: step.instrument,
                quantity: step.quantity, worstPrice: step.price)
        }
    }
}
