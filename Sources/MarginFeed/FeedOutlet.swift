public import MarginDomain

/// What takes over from the feed, on the feed's thread: the log and, behind it, the shards.
///
/// A value of its own rather than a set of closures, so that it may own the pushing ends of rings and the log's
/// position.
public protocol FeedOutlet: ~Copyable, Sendable {
    /// Takes the next batch. Called in the order that is the log's order; a call that waits is back-pressure.
    ///
    /// - Throws: ``FeedError/outletClosed(_:)``, which ends the feed.
    mutating func take(_ batch: EventBatch) throws(FeedError)

    /// Keeps a message that could not be taken.
    mutating func keep(_ letter: DeadLetter)

    /// Sees how the sources stand: regularly, and whenever the trust in one changes.
    mutating func note(_ report: FeedReport)
}
