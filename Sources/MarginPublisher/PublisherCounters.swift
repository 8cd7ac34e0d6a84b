/// What a publisher has done since it was started.
public struct PublisherCounters: Equatable, Sendable {
    /// Signals sent, replayed ones not counted.
    public var signals: UInt64 = 0
    /// States, Greeks and maps sent.
    public var states: UInt64 = 0
    /// Times that a heartbeat was sent on all streams.
    public var heartbeats: UInt64 = 0
    /// Messages that could not be written in an encoding, for lack of a listing say.
    public var unwritten: UInt64 = 0
    /// Queries received.
    public var queries: UInt64 = 0
    /// Queries that were refused, malformed or not.
    public var refused: UInt64 = 0
    /// Messages sent to askers.
    public var answers: UInt64 = 0
    /// Queries whose asker went away or made no room, or which nobody answered.
    public var abandoned: UInt64 = 0

    /// All zero.
    public init() {}
}
