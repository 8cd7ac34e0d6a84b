import MarginDomain

/// The last record known to be durable, kept outside the segments: 64 bytes. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | magic `PANC` |
/// | 4 | 2 | format version, 1 |
/// | 6 | 2 | zero |
/// | 8 | 8 | generation; the higher of two intact slots counts |
/// | 16 | 8 | log |
/// | 24 | 8 | number of the record |
/// | 32 | 8 | its hash |
/// | 40 | 8 | segment in which it ends |
/// | 48 | 4 | offset at which it ends |
/// | 52 | 4 | its epoch |
/// | 56 | 4 | first segment that is kept |
/// | 60 | 4 | CRC-32C of bytes 0 ..< 60 |
///
/// Segments alone cannot show that they were cut at a record boundary; the anchor can.
struct CommitAnchor: Equatable {
    var generation: UInt64
    var log: LogID
    var position: LogPosition
    var end: LogLocation
    var firstSegment: SegmentNumber

    static let magic: UInt32 = 0x434E_4150
    static let version: UInt16 = 1

    /// The anchor of a log that has no record yet.
    static func origin(of log: LogID) -> CommitAnchor {
        CommitAnchor(
            generation: 0, log: log, position: .origin(of: log), end: LogLocation(segment: .first, offset: 0),
            firstSegment: .first)
    }

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: LogLimits.headerBytes)
        bytes.store(CommitAnchor.magic, at: 0)
        bytes.store(CommitAnchor.version, at: 4)
        bytes.store(generation, at: 8)
        bytes.store(log.rawValue, at: 16)
        bytes.store(position.number.rawValue, at: 24)
        bytes.store(position.hash.rawValue, at: 32)
        bytes.store(end.segment.rawValue, at: 40)
        bytes.store(UInt32(end.offset), at: 48)
        bytes.store(position.epoch.rawValue, at: 52)
        bytes.store(UInt32(firstSegment.rawValue), at: 56)
        bytes.seal()
        return bytes
    }

    /// Nil if the bytes are no anchor of this version.
    init?(_ bytes: RawSpan) {
        guard bytes.isSealed(magic: CommitAnchor.magic, version: CommitAnchor.version) else { return nil }
        generation = bytes.integer(at: 8, as: UInt64.self)
        log = LogID(bytes.integer(at: 16, as: UInt64.self))
        position = LogPosition(
            epoch: Epoch(bytes.integer(at: 52, as: UInt32.self)),
            number: RecordNumber(bytes.integer(at: 24, as: UInt64.self)),
            hash: RecordHash(bytes.integer(at: 32, as: UInt64.self)))
        end = LogLocation(
            segment: SegmentNumber(bytes.integer(at: 40, as: UInt64.self)),
            offset: UInt64(bytes.integer(at: 48, as: UInt32.self)))
        firstSegment = SegmentNumber(UInt64(bytes.integer(at: 56, as: UInt32.self)))
    }

    init(generation: UInt64, log: LogID, position: LogPosition, end: LogLocation, firstSegment: SegmentNumber) {
        self.generation = generation
        self.log = log
        self.position = position
        self.end = end
        self.firstSegment = firstSegment
    }
}
