public import MarginDomain
public import ZeroMQ

/// How messages are written on an endpoint.
public enum FeedEncoding: Equatable, Sendable {
    /// Simple Binary Encoding, for production.
    case sbe
    /// The JSON mirror, for try-outs and people.
    case json
}

/// One place where an exchange publishes, with the place where it answers what was missed.
public struct FeedEndpoint: Equatable, Sendable {
    /// Who waits for whom.
    public enum Attachment: Equatable, Sendable {
        /// To an exchange's publisher.
        case connect
        /// For many publishers that connect to us.
        case bind
    }

    /// Where events come from.
    public var events: String
    /// Connecting is for one publisher, binding for many.
    public var attachment: Attachment
    /// Where the publisher's ROUTER answers replay and snapshot requests for the sources heard here.
    public var recovery: String
    /// Of events, questions and answers alike.
    public var encoding: FeedEncoding
    /// First bytes of the topics wanted; an empty one means all.
    ///
    /// A source must be taken whole: leaving out some of its topics looks like gaps.
    public var topics: [String]

    /// All topics of one publisher, unless told otherwise.
    public init(
        events: String, attachment: Attachment = .connect, recovery: String, encoding: FeedEncoding = .sbe,
        topics: [String] = [""]
    ) {
        self.events = events
        self.attachment = attachment
        self.recovery = recovery
        self.encoding = encoding
        self.topics = topics
    }
}

/// What a feed listens to, and how patient it is.
public struct FeedConfiguration: Sendable {
    /// In any order; a source may be heard at several, and each number is taken once.
    public var endpoints: [FeedEndpoint]
    /// A source of which nothing is heard for this long is silent. Sources speak at least every 100 ms.
    public var heartbeatDeadline = Duration64.milliseconds(300)
    /// How far ahead of the wall clock a time stamp may be; nil does not ask the wall clock, for streams of other days.
    public var futureTolerance: Duration64? = .seconds(EngineLimits.futureToleranceSeconds)
    /// How long a publisher may take to go on answering a request before it counts as unanswered.
    public var recoveryPatience = Duration64.milliseconds(1000)
    /// The pause after a request that did not help.
    public var recoveryPause = Duration64.milliseconds(200)
    /// Replays that did not help before a snapshot is asked for.
    public var replayAttemptsMax = 3
    /// Most numbers asked for in one replay.
    public var replaySpanMax = 4096
    /// How often a report is made when nothing changes.
    public var reportInterval = Duration64.milliseconds(100)
    /// Frames taken from one endpoint before the next has its turn.
    public var framesPerTurnMax = 256
    /// Messages that may wait in a socket; beyond it they are lost and asked for again.
    public var receiveHighWaterMark: Int32 = 10_000
    /// Who may be at the other ends.
    public var security = SocketSecurity.localOnly

    /// With the patience that the bus contract's intervals call for.
    public init(endpoints: [FeedEndpoint]) { self.endpoints = endpoints }
}
