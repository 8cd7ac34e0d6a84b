import MarginDomain

/// "Everything before me was synchronised": 64 bytes at the head of every group commit. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | magic `PMRK` |
/// | 4 | 2 | format version, 1 |
/// | 6 | 2 | zero |
/// | 8 | 8 | ordinal of the segment |
/// | 16 | 8 | offset of this mark in it |
/// | 24 | 8 | number of the last record before it |
/// | 32 | 8 | hash of that record |
/// | 40 | 20 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 ..< 60 |
///
/// A power cut may persist the pages of the last, unsynchronised write in any order, so a damaged record with
/// intact ones behind it can be an honest torn tail. With a mark behind it, it cannot: it had been durable and
/// rotted. The mark states its own place so that no body can imitate it.
struct SyncMark: Equatable {
    var location: LogLocation
    var number: RecordNumber
    var hash: RecordHash

    static let magic: UInt32 = 0x4B52_4D50
    static let version: UInt16 = 1

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: LogLimits.headerBytes)
        bytes.store(SyncMark.magic, at: 0)
        bytes.store(SyncMark.version, at: 4)
        bytes.store(location.segment.rawValue, at: 8)
        bytes.store(location.offset, at: 16)
        bytes.store(number.rawValue, at: 24)
        bytes.store(hash.rawValue, at: 32)
        bytes.seal()
        return bytes
    }

    /// Nil if the bytes are no mark of this version.
    init?(_ bytes: RawSpan) {
        guard bytes.isSealed(magic: SyncMark.magic, version: SyncMark.version) else { return nil }
        location = LogLocation(
            segment: SegmentNumber(bytes.integer(at: 8, as: UInt64.self)),
            offset: bytes.integer(at: 16, as: UInt64.self))
        number = RecordNumber(bytes.integer(at: 24, as: UInt64.self))
        hash = RecordHash(bytes.integer(at: 32, as: UInt64.self))
    }

    init(location: LogLocation, number: RecordNumber, hash: RecordHash) {
        self.location = location
        self.number = number
        self.hash = hash
    }
}
