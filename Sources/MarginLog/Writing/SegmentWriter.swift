import MarginDomain

/// Appends group commits to the segment files, one after the other.
///
/// Order is everything here. A segment is sealed, that is cut to its length and synchronised, before the next one
/// is created; the next one's header is synchronised, and its name in the directory, before a record is written to
/// it. So whatever a power cut leaves, only the last segment can be unfinished.
struct SegmentWriter {
    private let directory: LogDirectory
    private let log: LogID
    private let segmentBytes: UInt64
    private var file: any LogFile

    /// Where the next byte goes.
    private(set) var end: LogLocation

    /// The place after the last record written.
    private var position: LogPosition

    /// Begins a segment at `position`, durably.
    init(
        creating segment: SegmentNumber, at position: LogPosition, in directory: LogDirectory, log: LogID,
        segmentBytes: Int
    ) throws(LogError) {
        self.directory = directory
        self.log = log
        self.segmentBytes = UInt64(segmentBytes)
        self.position = position
        file = try directory.fileSystem.open(directory.path(of: segment), .create)
        try file.allocate(self.segmentBytes)
        let header = SegmentHeader(log: log, segment: segment, position: position).bytes
        try file.writeAll(header.rawBytes, at: 0)
        try file.synchronize()
        try directory.fileSystem.synchronizeDirectory(directory.path)
        end = LogLocation(segment: segment, offset: UInt64(header.count))
    }

    /// Continues a segment behind its last record: cuts what follows it and makes what precedes it durable, because
    /// a writer that died may have left it in the page cache only.
    init(
        continuingAt end: LogLocation, after position: LogPosition, in directory: LogDirectory, log: LogID,
        segmentBytes: Int
    ) throws(LogError) {
        self.directory = directory
        self.log = log
        self.segmentBytes = UInt64(segmentBytes)
        self.position = position
        self.end = end
        file = try directory.fileSystem.open(directory.path(of: end.segment), .write)
        try file.truncate(to: end.offset)
        try file.allocate(max(end.offset, self.segmentBytes))
        try file.synchronize()
    }

    /// Writes a batch, a place for a mark and then records, and returns once it is durable.
    ///
    /// - Parameter batchEnd: the place after its last record.
    mutating func commit(_ batch: inout [UInt8], endingAt batchEnd: LogPosition) throws(LogError) {
        let isFresh = end.offset == UInt64(LogLimits.headerBytes)
        // The header of a fresh segment says what a mark would say.
        var start = isFresh ? LogLimits.headerBytes : 0
        if !isFresh { mark(&batch) }

        var next = LogLimits.headerBytes
        while next < batch.count {
            let header = batch.rawBytes.extracting(next..<batch.count)
            let bytes = recordBytes(header)
            if end.offset + UInt64(next - start + bytes) > segmentBytes {
                if next > LogLimits.headerBytes { try write(batch.rawBytes.extracting(start..<next)) }
                position = LogPosition(
                    epoch: position.epoch, number: position.number,
                    hash: RecordHash(header.integer(at: 16, as: UInt64.self)))
                try beginFollowingSegment()
                start = next
            }
            position = LogPosition(
                epoch: Epoch(header.integer(at: 32, as: UInt32.self)),
                number: RecordNumber(header.integer(at: 8, as: UInt64.self)), hash: position.hash)
            next += bytes
        }
        try write(batch.rawBytes.extracting(start..<next))
        try file.synchronizeData()
        position = batchEnd
    }

    /// Cuts the segment to its length and makes it durable: its last state.
    func seal() throws(LogError) {
        try file.truncate(to: end.offset)
        try file.synchronize()
    }

    private mutating func beginFollowingSegment() throws(LogError) {
        try seal()
        self = try SegmentWriter(
            creating: end.segment.next, at: position, in: directory, log: log, segmentBytes: Int(segmentBytes))
    }

    private mutating func write(_ bytes: RawSpan) throws(LogError) {
        try file.writeAll(bytes, at: end.offset)
        end = LogLocation(segment: end.segment, offset: end.offset + UInt64(bytes.byteCount))
    }

    private func mark(_ batch: inout [UInt8]) {
        let mark = SyncMark(location: end, number: position.number, hash: position.hash)
        batch.replaceSubrange(0..<LogLimits.headerBytes, with: mark.bytes)
    }

    private func recordBytes(_ header: RawSpan) -> Int {
        RecordHeader.recordBytes(bodyBytes: Int(header.integer(at: 40, as: UInt32.self)))
    }
}
