public import MarginDomain

/// What a bot saw and did.
public struct BotReport: Equatable, Sendable {
    /// Signals taken, each once.
    public var signals: UInt64 = 0
    /// Signals that came again.
    public var duplicates: UInt64 = 0
    /// New ones that a later one of the same pool had overtaken.
    public var overtaken: UInt64 = 0
    /// From a replaced incarnation of the engine.
    public var fenced: UInt64 = 0
    /// Stretches of missing numbers.
    public var gaps: UInt64 = 0
    /// Signals that came by asking again.
    public var replayed: UInt64 = 0
    /// The engine's signs of life, four a second.
    public var heartbeats: UInt64 = 0
    /// Frames that were not understood.
    public var unreadable: UInt64 = 0

    /// Pools that came below their warning level.
    public var warnings: UInt64 = 0
    /// Pools that came to where they may only reduce.
    public var restrictions: UInt64 = 0
    /// Margin calls made.
    public var calls: UInt64 = 0
    /// Liquidations announced.
    public var plans: UInt64 = 0
    /// Plans made anew while a liquidation ran.
    public var planUpdates: UInt64 = 0
    /// Returns to a milder state.
    public var cures: UInt64 = 0
    /// Pools whose equity went below zero.
    public var defaults: UInt64 = 0
    /// Pools that could not be margined.
    public var quarantines: UInt64 = 0

    /// Liquidations that were this bot's to work.
    public var claimsGranted: UInt64 = 0
    /// Another bot had it.
    public var claimsLost: UInt64 = 0
    /// Queries that the engine refused.
    public var refusedQueries: UInt64 = 0
    /// Slices that traded.
    public var slicesFilled: UInt64 = 0
    /// Slices that did not trade, counted at each attempt.
    public var slicesRefused: UInt64 = 0
    /// Payments of owners.
    public var deposits: UInt64 = 0
    /// Dollars of those payments.
    public var deposited = Value.zero

    /// From when a price was due to when the signal that it caused arrived; the first ``latenciesMax`` of them.
    public var latencies: [Duration64] = []

    /// Latencies kept.
    public static let latenciesMax = 65_536

    public init() {}
}

extension BotReport {
    mutating func count(_ verdict: SignalTracker.Verdict) {
        switch verdict {
        case .fresh: signals += 1
        case .overtaken:
            signals += 1
            overtaken += 1
        case .duplicate: duplicates += 1
        case .fenced: fenced += 1
        }
    }

    mutating func count(_ kind: SignalKind) {
        switch kind {
        case .warning: warnings += 1
        case .restricted: restrictions += 1
        case .marginCall: calls += 1
        case .liquidationPlan: plans += 1
        case .liquidationUpdate: planUpdates += 1
        case .cured: cures += 1
        case .defaulted: defaults += 1
        case .quarantined: quarantines += 1
        // Later stages of a default, which nobody announces to bots yet.
        case .waterfallStep, .autoDeleverage: break
        }
    }
}
