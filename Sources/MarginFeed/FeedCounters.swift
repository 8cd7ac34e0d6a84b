/// What a feed has seen since it was started.
public struct FeedCounters: Equatable, Sendable {
    /// Messages received, of any kind and quality.
    public var frames: UInt64 = 0
    /// Batches handed on, the engine's own included.
    public var batches: UInt64 = 0
    /// Events in them.
    public var events: UInt64 = 0
    /// Signs of life of sources.
    public var heartbeats: UInt64 = 0
    /// Messages of which everything was known.
    public var duplicates: UInt64 = 0
    /// Messages of which a part was known.
    public var overlaps: UInt64 = 0
    /// Messages of an earlier incarnation of their source.
    public var fenced: UInt64 = 0
    /// Messages that had to wait for earlier ones.
    public var buffered: UInt64 = 0
    /// Times that a source stopped being whole.
    public var gaps: UInt64 = 0
    /// Times that a source fell silent.
    public var silences: UInt64 = 0
    /// Times that a range was asked for.
    public var replayRequests: UInt64 = 0
    /// Times that a source's state was asked for.
    public var snapshotRequests: UInt64 = 0
    /// Requests whose answer did not come to its end.
    public var unanswered: UInt64 = 0
    /// Messages that became dead letters.
    public var refused: UInt64 = 0
    /// Connections made again that libzmq had given up.
    public var revivals: UInt64 = 0
    /// Batches from other stages.
    public var injected: UInt64 = 0

    /// All zero.
    public init() {}
}
