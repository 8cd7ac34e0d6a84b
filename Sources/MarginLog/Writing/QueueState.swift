import MarginDomain

/// What ``AppendQueue`` guards with its lock.
struct QueueState {
    /// Room for a ``SyncMark``, then records.
    var pending: [UInt8]

    /// The place after the last appended record.
    var end: LogPosition

    /// The place after the last committed record.
    var committed: LogPosition

    /// Event time of the last appended record.
    var eventTime: Timestamp

    /// The writer waits on the semaphore, and whoever clears this must post it.
    var isWriterAsleep = false

    /// Appenders that wait for room.
    var blockedAppenders = 0

    /// No further append is taken; what is queued is still committed.
    var isClosing = false

    /// Why the log has stopped; set once, never cleared.
    var failure: LogError?

    /// Tasks that wait for a commit, in order of position.
    var barriers: [Barrier] = []

    /// One waiting task and the place it waits for.
    struct Barrier {
        var position: LogPosition
        var continuation: CheckedContinuation<Result<LogPosition, LogError>, Never>
    }

    init(pending: [UInt8], end: LogPosition, eventTime: Timestamp) {
        self.pending = pending
        self.end = end
        self.committed = end
        self.eventTime = eventTime
    }

    /// Bytes of records that wait for the writer.
    var queuedBytes: Int { pending.count - LogLimits.headerBytes }

    /// Adds one record at the end.
    mutating func encode(_ kind: RecordKind, epoch: Epoch, eventTime: Timestamp, count: Int, body: RawSpan) {
        precondition(count >= 0 && count <= UInt32.max, "a record counts its events in 32 bits")
        let header = RecordHeader(
            kind: kind, epoch: epoch, number: end.number.next, previousHash: end.hash, eventTime: eventTime,
            count: UInt32(count), bodyBytes: body.byteCount)
        let hash = header.append(body: body, to: &pending)
        end = LogPosition(epoch: epoch, number: header.number, hash: hash)
        self.eventTime = eventTime
    }

    /// Takes the barriers that are decided: all after a failure, otherwise those that the commit has reached.
    mutating func takeDecidedBarriers() -> [Barrier] {
        let count = failure == nil ? barriers.prefix { $0.position.number <= committed.number }.count : barriers.count
        let decided = Array(barriers.prefix(count))
        barriers.removeFirst(count)
        return decided
    }
}
