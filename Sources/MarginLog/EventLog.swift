public import MarginDomain

/// The ordered, durable log of everything that has an effect.
///
/// One writer appends at a position it knows (compare-and-swap); a record has an effect outside the process only
/// once ``committed`` has reached it. The embedded ``SegmentedLog`` commits with fdatasync; a replicated
/// implementation commits by quorum. Both promise the same, so nothing else in the product knows which one it has.
public protocol EventLog: Sendable {
    /// Reads records in order.
    associatedtype Cursor: RecordCursor

    /// Identity of the log; the first part of every signal's id.
    var id: LogID { get }

    /// The place after the last appended record, committed or not.
    var end: LogPosition { get }

    /// The last record that survives any single failure the implementation covers. Lock-free; never decreases.
    var committed: RecordNumber { get }

    /// Appends all drafts or none and returns the place after them; does not wait until they are committed.
    ///
    /// - Throws: `.conflict` if the log does not end at `position`, `.fenced` if a higher epoch has claimed it,
    ///   `.full` or `.tooLarge` if there is no room; otherwise the reason why the log has stopped.
    func append(_ drafts: [RecordDraft], after position: LogPosition) throws(LogError) -> LogPosition

    /// Appends one record without allocating; otherwise as ``append(_:after:)``.
    func append(
        _ kind: RecordKind, eventTime: Timestamp, count: Int, body: RawSpan, after position: LogPosition
    ) throws(LogError) -> LogPosition

    /// Takes the log over: appends a ``Claim`` of the next epoch, after which every older position is fenced.
    func claim(by node: NodeID, after position: LogPosition) throws(LogError) -> LogPosition

    /// Committed records from `number` on. The cursor returns nil when it has caught up, and may be asked again.
    func tail(from number: RecordNumber) throws(LogError) -> Cursor

    /// Returns once everything appended before the call is committed, with the place after it.
    func barrier() async throws(LogError) -> LogPosition
}

/// Reads a log in order, one checked record at a time.
public protocol RecordCursor {
    /// The next record; nil if there is none at present.
    mutating func next() throws(LogError) -> LogRecord?
}
