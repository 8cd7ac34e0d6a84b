import MarginDomain
import Synchronization

/// Where appenders and the writer thread meet: one bounded buffer of finished record bytes.
///
/// An appender encodes its record straight into the buffer; the writer swaps the whole buffer for the empty one
/// it wrote out before. The lock is held for one encoding or one swap, never for a system call, so an appender
/// does not feel the disk until the buffer is full.
final class AppendQueue: Sendable {
    let state: Mutex<QueueState>
    let work = Semaphore()
    let room = Semaphore()
    private let bytesMax: Int
    private let recordBytesMax: Int
    private let whenFull: FullPolicy

    init(end: LogPosition, eventTime: Timestamp, _ configuration: SegmentedLogConfiguration) {
        bytesMax = configuration.queueBytesMax
        recordBytesMax = configuration.recordBytesMax
        whenFull = configuration.whenFull
        state = Mutex(QueueState(pending: AppendQueue.emptyBatch(configuration), end: end, eventTime: eventTime))
    }

    /// A buffer as the queue and the writer exchange them.
    static func emptyBatch(_ configuration: SegmentedLogConfiguration) -> [UInt8] {
        var batch: [UInt8] = []
        batch.reserveCapacity(LogLimits.headerBytes + configuration.queueBytesMax)
        batch.append(contentsOf: repeatElement(0, count: LogLimits.headerBytes))
        return batch
    }

    /// The place after the last appended record.
    var end: LogPosition { state.withLock { $0.end } }

    /// Appends all drafts or none.
    func append(_ drafts: [RecordDraft], after position: LogPosition) throws(LogError) -> LogPosition {
        var bytes = 0
        for draft in drafts {
            precondition(draft.kind != .claim, "a claim is appended by claim(by:after:)")
            bytes += try recordBytes(bodyBytes: draft.body.count)
        }
        return try admitting(bytes, after: position) { state in
            for draft in drafts {
                state.encode(
                    draft.kind, epoch: position.epoch, eventTime: draft.eventTime, count: draft.count,
                    body: draft.body.rawBytes)
            }
        }
    }

    /// Appends a claim of the next epoch. Its event time is that of the record before: a claim moves no time.
    func claim(by node: NodeID, after position: LogPosition) throws(LogError) -> LogPosition {
        let body = Claim(after: position.number, node: node).body
        return try admitting(try recordBytes(bodyBytes: body.count), after: position) { state in
            state.encode(
                .claim, epoch: position.epoch.next, eventTime: state.eventTime, count: 0, body: body.rawBytes)
        }
    }

    /// Appends one record without allocating.
    func append(
        _ kind: RecordKind, eventTime: Timestamp, count: Int, body: RawSpan, after position: LogPosition
    ) throws(LogError) -> LogPosition {
        precondition(kind != .claim, "a claim is appended by claim(by:after:)")
        let bytes = try recordBytes(bodyBytes: body.byteCount)
        return try admitting(bytes, after: position) { state in
            state.encode(kind, epoch: position.epoch, eventTime: eventTime, count: count, body: body)
        }
    }

    private func recordBytes(bodyBytes: Int) throws(LogError) -> Int {
        let bytes = RecordHeader.recordBytes(bodyBytes: bodyBytes)
        guard bodyBytes <= LogLimits.bodyBytesMax, bytes <= recordBytesMax else {
            throw .tooLarge(bytes: bytes, limit: recordBytesMax)
        }
        return bytes
    }

    /// Runs `encode` once `bytes` fit and the log is found to end at `position`.
    private func admitting(
        _ bytes: Int, after position: LogPosition, encode: (inout QueueState) -> Void
    ) throws(LogError) -> LogPosition {
        guard bytes <= bytesMax else { throw .tooLarge(bytes: bytes, limit: bytesMax) }
        while true {
            let admitted: (end: LogPosition, wakesWriter: Bool)? = try state.withLock {
                state throws(LogError) in
                if let failure = state.failure { throw failure }
                if state.isClosing { throw .closed }
                if state.end.epoch > position.epoch { throw .fenced(by: state.end.epoch) }
                if state.end != position { throw .conflict(expected: position, actual: state.end) }
                guard state.queuedBytes + bytes <= bytesMax else {
                    if whenFull == .refuse { throw .full(queuedBytes: state.queuedBytes) }
                    state.blockedAppenders += 1
                    return nil
                }
                encode(&state)
                let wakesWriter = state.isWriterAsleep
                state.isWriterAsleep = false
                return (state.end, wakesWriter)
            }
            if let admitted {
                if admitted.wakesWriter { work.post() }
                return admitted.end
            }
            room.wait()
        }
    }
}
