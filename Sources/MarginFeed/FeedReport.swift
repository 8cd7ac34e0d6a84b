public import MarginDomain

/// How the inbound side stands, for heartbeats and metrics.
public struct FeedReport: Equatable, Sendable {
    /// Every source heard or remembered, in order of id; ages are against the latest sending time of all.
    public var sources: [SourceState]
    /// As of the same moment.
    public var counters: FeedCounters

    /// From its parts.
    public init(sources: [SourceState], counters: FeedCounters) {
        self.sources = sources
        self.counters = counters
    }
}
