public import MarginDomain

/// Reads a log from its files, one checked and accepted record at a time, in bounded memory.
///
/// It takes no lock and changes nothing, so it serves `verify`, recovery and the tail of a running log alike. While
/// reading it proves the log: checksums, the hash chain, contiguous numbers, marks, segment order, and the anchor.
/// Damage below the anchor or before something that was written later is thrown with its place; what an
/// interrupted write left at the very end is not an error but an ``Ending``.
public final class LogReader: RecordCursor {
    /// How the log ends, known once ``next()`` has returned nil.
    public enum Ending: Equatable, Sendable {
        /// Directly after a record.
        case clean

        /// An unfinished write follows the last record: `bytes` from `at` on, never acknowledged to anyone.
        case torn(at: LogLocation, bytes: UInt64)
    }

    /// The place after the last record read.
    public internal(set) var position: LogPosition

    /// Event time of the last record read.
    public internal(set) var eventTime = Timestamp(0)

    /// Records that were intact but not accepted (written twice, or by a fenced writer), and passed over.
    public internal(set) var skippedRecords = 0

    /// Records read.
    public internal(set) var records: UInt64 = 0

    /// Nil until the end has been reached; always nil for a tail, which has no end.
    public internal(set) var ending: Ending?

    /// Identity of the log.
    public let log: LogID

    let directory: LogDirectory
    let anchor: CommitAnchor

    /// Where the last record ends, or its segment's header if there is none yet.
    var location: LogLocation

    /// For a tail, the last record that may be read; nil for a log that nobody writes.
    let committed: (@Sendable () -> RecordNumber)?
    var freshUntil = RecordNumber.start

    let first: RecordNumber?
    var segments: [SegmentNumber]
    var cursor: SegmentCursor?

    /// False if there is no segment, or the only one is unfinished.
    var hasSegment: Bool { cursor != nil }

    /// Opens a log that nobody writes at present.
    ///
    /// - Parameter first: the first record to return; earlier ones of its segment are checked and passed over. Nil is
    ///   the oldest that is kept.
    /// - Throws: ``LogError/notRetained(_:)`` if it is older than what is kept.
    public convenience init(
        directory: String, from first: RecordNumber? = nil, fileSystem: any LogFileSystem = PosixFileSystem()
    ) throws(LogError) {
        let directory = LogDirectory(path: directory, fileSystem: fileSystem)
        guard let contents = try directory.readAnchor() else { throw .anchorUnreadable(path: directory.anchorPath) }
        try self.init(directory, anchor: contents.anchor, from: first, committed: nil)
    }

    init(
        _ directory: LogDirectory, anchor: CommitAnchor, from first: RecordNumber?,
        committed: (@Sendable () -> RecordNumber)?
    ) throws(LogError) {
        self.directory = directory
        self.anchor = anchor
        self.first = first
        self.committed = committed
        log = anchor.log
        position = .origin(of: anchor.log)
        location = LogLocation(segment: anchor.firstSegment, offset: 0)
        segments = try directory.segments()
        if let oldest = segments.first, oldest != anchor.firstSegment { throw .segmentMissing(anchor.firstSegment) }
        try findFirst()
    }

    public func next() throws(LogError) -> LogRecord? {
        while let header = try advance() {
            guard let cursor, header.number >= first ?? header.number else { continue }
            return LogRecord(
                kind: header.kind, epoch: header.epoch, number: header.number, eventTime: header.eventTime,
                count: Int(header.count), body: [UInt8](cursor.body(of: header)))
        }
        return nil
    }
}
