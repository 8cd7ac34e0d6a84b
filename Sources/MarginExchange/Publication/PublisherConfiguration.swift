public import ZeroMQ

/// Where and how the exchange publishes.
public struct PublisherConfiguration: Sendable {
    /// Bound: topics and bodies for subscribers. A tcp port of `*` takes a free one.
    public var events: String
    /// Bound: answers replay and snapshot requests.
    public var recovery: String
    /// How fast event time runs.
    public var pace: ExchangePace
    /// Whether the stream waits for its first subscriber, so that nobody has to recover the beginning.
    public var waitsForSubscriber: Bool
    /// Messages that may wait for a slow subscriber before it loses some, and must ask for them again.
    public var sendHighWaterMark: Int32
    /// Who may subscribe and ask.
    public var security: SocketSecurity

    public init(
        events: String = "tcp://127.0.0.1:*", recovery: String = "tcp://127.0.0.1:*",
        pace: ExchangePace = .clock(speed: 1), waitsForSubscriber: Bool = true, sendHighWaterMark: Int32 = 65_536,
        security: SocketSecurity = .localOnly
    ) {
        self.events = events
        self.recovery = recovery
        self.pace = pace
        self.waitsForSubscriber = waitsForSubscriber
        self.sendHighWaterMark = sendHighWaterMark
        self.security = security
    }
}

/// What a publisher has done so far.
public struct PublisherCounters: Equatable, Sendable {
    /// Messages on the bus, heartbeats included.
    public var messages: UInt64 = 0
    /// Entries of those messages, heartbeats left out.
    public var events: UInt64 = 0
    /// Replay and snapshot requests answered.
    public var recoveries: UInt64 = 0
    /// Requests that were not understood.
    public var refusedRequests: UInt64 = 0
}
