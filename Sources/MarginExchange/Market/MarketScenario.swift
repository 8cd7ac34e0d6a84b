public import MarginDomain

/// What happens in a synthetic market, and when.
///
/// Event time runs from `start` for `duration`. Everyday moves are those of `marketTime`, compressed into it, so that
/// half a minute can show a day; the crash is laid over them. Options age in event time.
public struct MarketScenario: Sendable {
    /// When it begins; expiries fall on the following days at 08:00 UTC.
    public var start: Timestamp
    /// How long it lasts; it goes on quietly for whoever steps further.
    public var duration: Duration64
    /// Time between two prices of an underlying.
    public var stepInterval: Duration64
    /// The time whose everyday moves are shown.
    public var marketTime: Duration64
    /// What is traded, in order of asset.
    public var underlyings: [UnderlyingTerms]
    /// Nil for a quiet market.
    public var crash: CrashTerms?

    public init(
        start: Timestamp = .exampleStart, duration: Duration64 = .seconds(60),
        stepInterval: Duration64 = .milliseconds(100), marketTime: Duration64 = .seconds(6 * 3600),
        underlyings: [UnderlyingTerms] = [.bitcoin, .ether, .solana], crash: CrashTerms? = CrashTerms()
    ) {
        precondition(duration > .zero && stepInterval > .zero, "a scenario needs time to pass")
        self.start = start
        self.duration = duration
        self.stepInterval = stepInterval
        self.marketTime = marketTime
        self.underlyings = underlyings
        self.crash = crash
    }
}

/// A fall of the whole market and what of it comes back; times are shares of the scenario's duration.
public struct CrashTerms: Sendable {
    /// When it begins.
    public var beginShare: Double
    /// How long the fall takes.
    public var fallShare: Double
    /// How long the recovery takes.
    public var recoveryShare: Double
    /// Spot lost at the bottom by an underlying of crash beta 1, as a fraction.
    public var depth: Double
    /// Part of the fall that comes back, in logarithms.
    public var recoveredPart: Double

    public init(
        beginShare: Double = 0.35, fallShare: Double = 0.2, recoveryShare: Double = 0.25, depth: Double = 0.28,
        recoveredPart: Double = 0.4
    ) {
        precondition(depth > 0 && depth < 1, "a crash takes a part of the price")
        precondition(fallShare > 0 && recoveryShare > 0, "a crash takes time")
        self.beginShare = beginShare
        self.fallShare = fallShare
        self.recoveryShare = recoveryShare
        self.depth = depth
        self.recoveredPart = recoveredPart
    }
}

extension Timestamp {
    /// 2026-03-02T09:00:00Z: where examples and tests begin.
    public static let exampleStart = Timestamp(1_772_442_000 * Duration64.perSecond)
}
