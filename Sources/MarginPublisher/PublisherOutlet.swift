public import MarginDomain

/// What the publisher needs of the other stages, used on the publisher's thread.
///
/// A value of its own rather than a set of closures, so that it may own the pushing ends of rings.
public protocol PublisherOutlet: ~Copyable, Sendable {
    /// The last record that the log has committed: what gates the signals.
    var committed: RecordNumber { get }

    /// Passes on a query that the engine answers.
    ///
    /// - Returns: false if it cannot be taken now; the asker is told that the engine is busy.
    mutating func ask(_ ticket: QueryTicket) -> Bool

    /// Passes on claims and acknowledgements, to become a record.
    ///
    /// - Returns: false if they cannot be taken now.
    mutating func record(_ events: EventGroup) -> Bool
}
