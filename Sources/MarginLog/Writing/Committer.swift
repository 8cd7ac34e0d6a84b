import MarginDomain

/// The writer thread's loop: take what is queued, write it, synchronise, note the anchor, tell everyone.
///
/// A record is acknowledged only after all of that succeeded for it. After the first failure nothing is written,
/// synchronised or acknowledged any more: what the failed call left on the disk is for the next opening to judge.
struct Committer {
    let queue: AppendQueue
    let watermark: Watermark
    var segments: SegmentWriter
    var anchor: AnchorFile
    let anchorSyncCommits: Int
    let anchorSyncIdleMilliseconds: Int
    let onCommit: @Sendable (RecordNumber) -> Void
    let onFailure: @Sendable (LogError) -> Void

    /// The buffer that is exchanged with the queue's.
    var batch: [UInt8]

    /// Runs until the log is closed or has stopped.
    mutating func run() {
        do throws(LogError) {
            while try turn() {}
        } catch {
            queue.stop(error)
            onFailure(error)
        }
    }

    /// Commits what is queued at this moment, without waiting for more; used before the thread runs.
    mutating func commitQueued() throws(LogError) {
        if case .batch(let end)? = queue.takeWork(&batch) { try commit(end) }
    }

    private mutating func turn() throws(LogError) -> Bool {
        let idle = anchor.unsynchronized > 0 ? anchorSyncIdleMilliseconds : nil
        switch queue.nextWork(&batch, idleMilliseconds: idle) {
        case .batch(let end):
            try commit(end)
            if anchor.unsynchronized >= anchorSyncCommits { try anchor.synchronize() }
            return true
        case .idle:
            try anchor.synchronize()
            return true
        case .close:
            try segments.seal()
            try anchor.synchronize()
            queue.stop(.closed)
            return false
        case .stop:
            return false
        }
    }

    private mutating func commit(_ end: LogPosition) throws(LogError) {
        try segments.commit(&batch, endingAt: end)
        // The anchor first: once a record is acknowledged, no death of the process may leave the anchor behind it.
        try anchor.record(end, endingAt: segments.end)
        watermark.advance(to: end.number)
        queue.didCommit(end)
        onCommit(end.number)
    }
}
