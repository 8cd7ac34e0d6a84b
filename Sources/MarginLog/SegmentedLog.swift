public import MarginDomain
import Synchronization

/// The embedded log: segmented append-only files on one machine, one writer, group commit.
///
/// Appending encodes the record into a bounded queue and returns; a thread of the log's own writes whatever has
/// gathered, synchronises once, and advances ``committed``. Opening reads and proves the whole log, cuts an
/// unfinished write at its very end, refuses any other damage with its place, and appends a claim of the next
/// epoch, so that positions of every earlier process are fenced. See `docs/log-format.md` for bytes and promises.
///
/// A log that is deallocated without ``close()`` stops as if the process had been killed: what is committed stays,
/// what is still queued is lost.
public final class SegmentedLog: EventLog {
    public let id: LogID

    /// What opening found.
    public let recovery: RecoveryReport

    private let directory: LogDirectory
    private let anchor: CommitAnchor
    private let queue: AppendQueue
    private let watermark: Watermark
    private let lock: any LogLock
    private let thread: Mutex<WriterThread?>

    /// Opens the log of the directory, or makes a new one.
    ///
    /// - Parameters:
    ///   - onCommit: called with the last committed record after every group commit: for the claim before this
    ///     returns, later on the writer thread, which waits for it.
    ///   - onFailure: called on the writer thread, once, if the log stops; nothing is acknowledged after it.
    /// - Throws: `.locked` if another writer has it; `.damaged`, `.cutBelowAnchor`, `.anchorMismatch`,
    ///   `.anchorUnreadable` or `.segmentMissing` if it is not whole, and then nothing was changed.
    public static func open(
        _ configuration: SegmentedLogConfiguration, fileSystem: any LogFileSystem = PosixFileSystem(),
        onCommit: @escaping @Sendable (RecordNumber) -> Void = { _ in },
        onFailure: @escaping @Sendable (LogError) -> Void = { _ in }
    ) throws(LogError) -> SegmentedLog {
        try configuration.validate()
        try fileSystem.createDirectory(configuration.directory)
        let directory = LogDirectory(path: configuration.directory, fileSystem: fileSystem)
        let lock = try fileSystem.lock(directory.lockPath)
        let opening = try LogOpening(directory, configuration)
        return try SegmentedLog(
            opening, directory, lock, configuration, onCommit: onCommit, onFailure: onFailure)
    }

    private init(
        _ opening: LogOpening, _ directory: LogDirectory, _ lock: any LogLock,
        _ configuration: SegmentedLogConfiguration, onCommit: @escaping @Sendable (RecordNumber) -> Void,
        onFailure: @escaping @Sendable (LogError) -> Void
    ) throws(LogError) {
        id = configuration.id
        recovery = opening.report
        anchor = opening.anchor.anchor
        queue = AppendQueue(end: opening.report.end, eventTime: opening.report.eventTime, configuration)
        watermark = Watermark(opening.report.end.number)
        self.directory = directory
        self.lock = lock
        var committer = Committer(
            queue: queue, watermark: watermark, segments: opening.segments, anchor: opening.anchor,
            anchorSyncCommits: configuration.anchorSyncCommits,
            anchorSyncIdleMilliseconds: configuration.anchorSyncIdleMilliseconds, onCommit: onCommit,
            onFailure: onFailure, batch: AppendQueue.emptyBatch(configuration))
        _ = try queue.claim(by: configuration.node, after: opening.report.end)
        try committer.commitQueued()
        try committer.anchor.synchronize()
        let ready = committer
        thread = Mutex(
            try WriterThread {
                var committer = ready
                committer.run()
            })
    }

    deinit { abandon() }

    public var end: LogPosition { queue.end }

    public var committed: RecordNumber { watermark.committed }

    public func append(_ drafts: [RecordDraft], after position: LogPosition) throws(LogError) -> LogPosition {
        try queue.append(drafts, after: position)
    }

    public func append(
        _ kind: RecordKind, eventTime: Timestamp, count: Int, body: RawSpan, after position: LogPosition
    ) throws(LogError) -> LogPosition {
        try queue.append(kind, eventTime: eventTime, count: count, body: body, after: position)
    }

    public func claim(by node: NodeID, after position: LogPosition) throws(LogError) -> LogPosition {
        try queue.claim(by: node, after: position)
    }

    public func tail(from number: RecordNumber) throws(LogError) -> LogReader {
        let watermark = watermark
        return try LogReader(directory, anchor: .origin(of: id), from: number) { watermark.committed }
    }

    public func barrier() async throws(LogError) -> LogPosition { try await queue.barrier().get() }

    /// Commits what is queued, cuts the last segment to its length, synchronises the anchor and lets the next
    /// writer in. Blocks until done; calling it again does nothing.
    ///
    /// - Throws: why the log had stopped before, if it had.
    public func close() throws(LogError) {
        queue.close()
        end(thread.withLock { $0.take() })
        if let failure = queue.failure, failure != .closed { throw failure }
    }

    /// Stops without committing what is queued and without sealing: the files stay as a kill would leave them.
    func abandon() {
        queue.stop(.closed)
        end(thread.withLock { $0.take() })
    }

    private func end(_ thread: WriterThread?) {
        thread?.join()
        lock.release()
    }
}
