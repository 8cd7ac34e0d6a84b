public import MarginDomain
public import ZeroMQ

/// Where a publisher binds, and how much it does before others have their turn.
public struct PublisherConfiguration: Sendable {
    /// Signals in SBE; nil leaves an endpoint out, here as below.
    public var signals: String?
    /// Signals in JSON.
    public var signalsJSON: String?
    /// States in SBE.
    public var states: String?
    /// States in JSON.
    public var statesJSON: String?
    /// Queries in either encoding, answered in the same.
    public var queries: String?
    /// How often all four streams say how far they are.
    public var heartbeatInterval = Duration64.milliseconds(250)
    /// Messages that may wait for one subscriber; what is beyond is dropped for that one alone.
    public var signalsHighWaterMark: Int32 = 100_000
    /// The same for states.
    public var statesHighWaterMark: Int32 = 100_000
    /// Signals kept for replay.
    public var retainedSignalsMax = EngineLimits.retainedSignalsMax
    /// Queries taken per turn.
    public var queriesPerTurnMax = 64
    /// Answers sent per turn, shared by all askers.
    public var answersPerTurnMax = 256
    /// Inputs taken from one stage per turn.
    public var inputsPerTurnMax = 256
    /// Queries that may be unanswered at a time; beyond it askers are told to come back.
    public var openQueriesMax = 1024
    /// How long an asker may take to make room for its answers, and the engine to answer.
    public var queryPatience = Duration64.seconds(5)
    /// The longest time for which a signal can be claimed.
    public var claimMax = Duration64.seconds(300)
    /// How long closing waits for what is not sent yet.
    public var lingerMilliseconds: Int32 = 2000
    /// Who may be at the other ends.
    public var security = SocketSecurity.localOnly

    /// Binds nothing that is not named.
    public init(
        signals: String? = nil, signalsJSON: String? = nil, states: String? = nil, statesJSON: String? = nil,
        queries: String? = nil
    ) {
        self.signals = signals
        self.signalsJSON = signalsJSON
        self.states = states
        self.statesJSON = statesJSON
        self.queries = queries
    }
}
