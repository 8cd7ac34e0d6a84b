/// What a record's body is.
public enum RecordKind: UInt8, Hashable, Sendable, CaseIterable {
    /// Events, in canonical encoding.
    case data = 1

    /// A new writer takes the log over; see ``Claim``.
    case claim = 2

    /// Nothing but proof that the writer lives, and a barrier that shows how an unacknowledged append ended.
    case heartbeat = 3

    /// The digest of the state after an earlier record, for replicas to compare.
    case stateHash = 4

    /// Consumers have seen signals up to a number.
    case acknowledgement = 5
}
