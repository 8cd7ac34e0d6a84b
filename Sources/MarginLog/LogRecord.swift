public import MarginDomain

/// What an appender hands to the log; the log gives it number, epoch and place in the chain.
public struct RecordDraft: Equatable, Sendable {
    /// What the body is; a ``RecordKind/claim`` is made by ``EventLog/claim(by:after:)`` only.
    public let kind: RecordKind

    /// Event time of the record; never a clock's.
    public let eventTime: Timestamp

    /// Events in the body.
    public let count: Int

    /// The bytes, opaque to the log.
    public let body: [UInt8]

    public init(kind: RecordKind, eventTime: Timestamp, count: Int, body: [UInt8]) {
        self.kind = kind
        self.eventTime = eventTime
        self.count = count
        self.body = body
    }
}

/// One record as read back: checked, in order, and accepted by ``AcceptRule``.
public struct LogRecord: Equatable, Sendable {
    public let kind: RecordKind

    /// Epoch of the claim under which it was written.
    public let epoch: Epoch

    /// Contiguous from 1.
    public let number: RecordNumber

    /// Event time of the record.
    public let eventTime: Timestamp

    /// Events in the body.
    public let count: Int

    /// The bytes as appended.
    public let body: [UInt8]

    public init(
        kind: RecordKind, epoch: Epoch, number: RecordNumber, eventTime: Timestamp, count: Int, body: [UInt8]
    ) {
        self.kind = kind
        self.epoch = epoch
        self.number = number
        self.eventTime = eventTime
        self.count = count
        self.body = body
    }
}
