import MarginDomain

/// The first 64 bytes of a segment file. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | magic `PSEG` |
/// | 4 | 2 | format version, 1 |
/// | 6 | 2 | zero |
/// | 8 | 8 | log |
/// | 16 | 8 | ordinal of the segment, from 1 |
/// | 24 | 8 | number of the last record before this segment |
/// | 32 | 8 | hash of that record |
/// | 40 | 4 | epoch of that record |
/// | 44 | 16 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 ..< 60 |
///
/// It is synchronised before any record of the segment is written, and written only after everything before it
/// was synchronised: like a ``SyncMark`` it proves that what precedes it was once durable.
struct SegmentHeader: Equatable {
    var log: LogID
    var segment: SegmentNumber

    /// Where the segment continues.
    var position: LogPosition

    static let magic: UInt32 = 0x4745_5350
    static let version: UInt16 = 1

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: LogLimits.headerBytes)
        bytes.store(SegmentHeader.magic, at: 0)
        bytes.store(SegmentHeader.version, at: 4)
        bytes.store(log.rawValue, at: 8)
        bytes.store(segment.rawValue, at: 16)
        bytes.store(position.number.rawValue, at: 24)
        bytes.store(position.hash.rawValue, at: 32)
        bytes.store(position.epoch.rawValue, at: 40)
        bytes.seal()
        return bytes
    }

    /// Nil if the bytes are no segment header of this version.
    init?(_ bytes: RawSpan) {
        guard bytes.isSealed(magic: SegmentHeader.magic, version: SegmentHeader.version) else { return nil }
        log = LogID(bytes.integer(at: 8, as: UInt64.self))
        segment = SegmentNumber(bytes.integer(at: 16, as: UInt64.self))
        position = LogPosition(
            epoch: Epoch(bytes.integer(at: 40, as: UInt32.self)),
            number: RecordNumber(bytes.integer(at: 24, as: UInt64.self)),
            hash: RecordHash(bytes.integer(at: 32, as: UInt64.self)))
    }

    init(log: LogID, segment: SegmentNumber, position: LogPosition) {
        self.log = log
        self.segment = segment
        self.position = position
    }
}
