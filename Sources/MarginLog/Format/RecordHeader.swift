import MarginDomain

/// The 64 bytes before every body. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | magic `PREC` |
/// | 4 | 2 | format version, 1 |
/// | 6 | 1 | kind |
/// | 7 | 1 | zero |
/// | 8 | 8 | number, contiguous from 1 |
/// | 16 | 8 | hash of the record before (``RecordHash``) |
/// | 24 | 8 | event time, nanoseconds since 1970 UTC |
/// | 32 | 4 | epoch |
/// | 36 | 4 | events in the body |
/// | 40 | 4 | body length in bytes, without padding |
/// | 44 | 16 | zero; room for shard and market-data position |
/// | 60 | 4 | CRC-32C of bytes 0 ..< 60, body and padding |
///
/// The body follows, padded with zeros to a multiple of 8. Magic first, so that unused space (zeros) is told from
/// a record by one word; checksum last, so that it covers one contiguous range on either side.
struct RecordHeader: Equatable {
    var kind: RecordKind
    var epoch: Epoch
    var number: RecordNumber
    var previousHash: RecordHash
    var eventTime: Timestamp
    var count: UInt32
    var bodyBytes: Int

    static let magic: UInt32 = 0x4345_5250
    static let version: UInt16 = 1
    private static let checksumOffset = 60

    /// Size on disk of a record with this body: header, body, padding.
    static func recordBytes(bodyBytes: Int) -> Int {
        let alignment = LogLimits.alignment
        return LogLimits.headerBytes + (bodyBytes + alignment - 1) / alignment * alignment
    }

    /// Size on disk of the whole record.
    var recordBytes: Int { RecordHeader.recordBytes(bodyBytes: bodyBytes) }

    /// Adds the whole record to `buffer` and returns its hash.
    func append(body: RawSpan, to buffer: inout [UInt8]) -> RecordHash {
        precondition(body.byteCount == bodyBytes, "the header states the body's length")
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: LogLimits.headerBytes))
        buffer.append(body)
        buffer.append(contentsOf: repeatElement(0, count: recordBytes - LogLimits.headerBytes - bodyBytes))

        buffer.store(RecordHeader.magic, at: start)
        buffer.store(RecordHeader.version, at: start + 4)
        buffer.store(kind.rawValue, at: start + 6)
        buffer.store(number.rawValue, at: start + 8)
        buffer.store(previousHash.rawValue, at: start + 16)
        buffer.store(eventTime.nanoseconds, at: start + 24)
        buffer.store(epoch.rawValue, at: start + 32)
        buffer.store(count, at: start + 36)
        buffer.store(UInt32(bodyBytes), at: start + 40)

        let checksum = RecordHeader.checksum(of: buffer.rawBytes.extracting(start..<buffer.count))
        buffer.store(checksum, at: start + RecordHeader.checksumOffset)
        return RecordHash(of: buffer.rawBytes.extracting(start..<buffer.count))
    }

    /// Size on disk of the record that begins with these 64 bytes, before its checksum is known to fit.
    ///
    /// Magic, length and checksum keep their places in every later version, so that a program tells a record of a
    /// newer one from a damaged one, and never cuts it.
    static func recordBytes(of bytes: RawSpan) throws(LogDamage) -> Int {
        guard bytes.integer(at: 0, as: UInt32.self) == magic else { throw .unknownMagic }
        let bodyBytes = bytes.integer(at: 40, as: UInt32.self)
        guard bodyBytes <= LogLimits.bodyBytesMax else { throw .lengthOutOfRange(bodyBytes) }
        return recordBytes(bodyBytes: Int(bodyBytes))
    }

    /// Reads a whole record, header to padding; throws unless its checksum fits and its version and kind are known.
    init(_ bytes: RawSpan) throws(LogDamage) {
        guard bytes.integer(at: RecordHeader.checksumOffset, as: UInt32.self) == RecordHeader.checksum(of: bytes) else {
            throw .checksum
        }
        let version = bytes.integer(at: 4, as: UInt16.self)
        guard version == RecordHeader.version else { throw .unknownVersion(version) }
        let kindValue = bytes.integer(at: 6, as: UInt8.self)
        guard let kind = RecordKind(rawValue: kindValue) else { throw .unknownKind(kindValue) }

        self.kind = kind
        number = RecordNumber(bytes.integer(at: 8, as: UInt64.self))
        previousHash = RecordHash(bytes.integer(at: 16, as: UInt64.self))
        eventTime = Timestamp(bytes.integer(at: 24, as: Int64.self))
        epoch = Epoch(bytes.integer(at: 32, as: UInt32.self))
        count = bytes.integer(at: 36, as: UInt32.self)
        bodyBytes = Int(bytes.integer(at: 40, as: UInt32.self))
    }

    init(
        kind: RecordKind, epoch: Epoch, number: RecordNumber, previousHash: RecordHash, eventTime: Timestamp,
        count: UInt32, bodyBytes: Int
    ) {
        self.kind = kind
        self.epoch = epoch
        self.number = number
        self.previousHash = previousHash
        self.eventTime = eventTime
        self.count = count
        self.bodyBytes = bodyBytes
    }

    private static func checksum(of record: RawSpan) -> UInt32 {
        let header = CRC32C.checksum(record.extracting(0..<checksumOffset))
        return CRC32C.checksum(record.extracting(LogLimits.headerBytes..<record.byteCount), continuing: header)
    }
}
