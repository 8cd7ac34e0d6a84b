public import MarginDomain

/// What an appender meets when the queue is full.
public enum FullPolicy: Hashable, Sendable {
    /// It waits until the writer has taken the queue: the disk's pace reaches the source.
    case backpressure

    /// It gets ``LogError/full(queuedBytes:)`` and decides for itself.
    case refuse
}

/// How an embedded log is kept. Fixed once it is open.
public struct SegmentedLogConfiguration: Sendable {
    /// The directory of the log; created if it is not there, its parent must be.
    public var directory: String

    /// Identity of the log: given to a new one, checked on an old one.
    public var id: LogID

    /// Identity of this process, written into its claims.
    public var node: NodeID

    /// Size of a segment file, allocated in advance.
    public var segmentBytes = 64 << 20

    /// Most bytes of records that may wait for the writer; also the largest group commit.
    public var queueBytesMax = 8 << 20

    /// What happens to an append for which there is no room.
    public var whenFull = FullPolicy.backpressure

    /// Group commits after which the anchor is synchronised: how far a power cut can leave it behind.
    public var anchorSyncCommits = 64

    /// Time without work after which the anchor is synchronised, in milliseconds.
    public var anchorSyncIdleMilliseconds = 100

    public init(directory: String, id: LogID, node: NodeID) {
        self.directory = directory
        self.id = id
        self.node = node
    }

    /// Largest record, with its header, that a segment of this size takes.
    var recordBytesMax: Int {
        min(segmentBytes - LogLimits.headerBytes, RecordHeader.recordBytes(bodyBytes: LogLimits.bodyBytesMax))
    }

    func validate() throws(LogError) {
        guard (LogLimits.segmentBytesMin...LogLimits.segmentBytesMax).contains(segmentBytes) else {
            throw .configuration(
                "segmentBytes is not in \(LogLimits.segmentBytesMin)...\(LogLimits.segmentBytesMax)")
        }
        guard (LogLimits.segmentBytesMin...LogLimits.queueBytesLimit).contains(queueBytesMax) else {
            throw .configuration(
                "queueBytesMax is not in \(LogLimits.segmentBytesMin)...\(LogLimits.queueBytesLimit)")
        }
        guard anchorSyncCommits > 0 else { throw .configuration("anchorSyncCommits is not positive") }
        guard anchorSyncIdleMilliseconds > 0 else { throw .configuration("anchorSyncIdleMilliseconds is not positive") }
    }
}
