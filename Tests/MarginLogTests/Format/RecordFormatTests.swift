import MarginDomain
import Testing

@testable import MarginLog

@Suite struct RecordFormatTests {
    private let body = Array("plimsoll!".utf8)

    private func encoded() -> (bytes: [UInt8], hash: RecordHash) {
        let header = RecordHeader(
            kind: .data, epoch: Epoch(3), number: RecordNumber(1), previousHash: .origin(of: LogID(7)),
            eventTime: Timestamp(1_700_000_000_000_000_001), count: 2, bodyBytes: body.count)
        var bytes: [UInt8] = []
        let hash = header.append(body: body.span.bytes, to: &bytes)
        return (bytes, hash)
    }

    /// Computed by an independent program from the layout in `docs/log-format.md`.
    @Test func `a record has the documented bytes`() {
        let expected: [UInt8] = [
            0x50, 0x52, 0x45, 0x43, 0x01, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x55, 0xE4, 0xFD, 0x6A, 0x40, 0xCD, 0x76, 0x08, 0x01, 0x00, 0x2A, 0x36, 0xFE, 0x9C, 0x97, 0x17,
            0x03, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x80, 0xCA, 0x0E,
            0x70, 0x6C, 0x69, 0x6D, 0x73, 0x6F, 0x6C, 0x6C, 0x21, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        ]

        let (bytes, hash) = encoded()

        #expect(bytes == expected)
        #expect(hash == RecordHash(0xF752_2A63_146B_9603))
    }

    @Test func `a record reads back as it was written`() throws {
        let (bytes, _) = encoded()

        let header = try RecordHeader(bytes.span.bytes)

        #expect(header.number == RecordNumber(1))
        #expect(header.epoch == Epoch(3))
        #expect(header.kind == .data)
        #expect(header.count == 2)
        #expect(header.bodyBytes == body.count)
        #expect(header.eventTime == Timestamp(1_700_000_000_000_000_001))
        #expect(header.previousHash == .origin(of: LogID(7)))
    }

    @Test func `every flipped bit of a record is found`() throws {
        let (bytes, _) = encoded()

        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: LogDamage.self) {
                let length = try RecordHeader.recordBytes(of: damaged.span.bytes)
                guard length == damaged.count else { throw LogDamage.lengthOutOfRange(0) }
                _ = try RecordHeader(damaged.span.bytes)
            }
        }
    }

    @Test func `a newer version is told from damage`() {
        var (bytes, _) = encoded()
        bytes[4] = 2
        bytes.reseal()

        #expect(throws: LogDamage.unknownVersion(2)) { try RecordHeader(bytes.span.bytes) }
        #expect(!LogDamage.unknownVersion(2).canBeTorn)
    }

    @Test func `a segment header, a mark and an anchor read back as they were written`() {
        let position = LogPosition(epoch: Epoch(5), number: RecordNumber(9), hash: RecordHash(11))
        let place = LogLocation(segment: SegmentNumber(3), offset: 4096)
        let header = SegmentHeader(log: LogID(7), segment: place.segment, position: position)
        let mark = SyncMark(location: place, number: position.number, hash: position.hash)
        let anchor = CommitAnchor(
            generation: 4, log: LogID(7), position: position, end: place, firstSegment: SegmentNumber(2))

        #expect(SegmentHeader(header.bytes.span.bytes) == header)
        #expect(SyncMark(mark.bytes.span.bytes) == mark)
        #expect(CommitAnchor(anchor.bytes.span.bytes) == anchor)
    }

    @Test func `every flipped bit of a segment header, a mark or an anchor is found`() {
        let position = LogPosition(epoch: Epoch(5), number: RecordNumber(9), hash: RecordHash(11))
        let place = LogLocation(segment: SegmentNumber(3), offset: 4096)
        let header = SegmentHeader(log: LogID(7), segment: place.segment, position: position).bytes
        let mark = SyncMark(location: place, number: position.number, hash: position.hash).bytes
        let anchor = CommitAnchor(
            generation: 4, log: LogID(7), position: position, end: place, firstSegment: .first
        ).bytes

        for bit in 0..<64 * 8 {
            let (index, mask) = (bit / 8, UInt8(1) << UInt8(bit % 8))
            var (damagedHeader, damagedMark, damagedAnchor) = (header, mark, anchor)
            damagedHeader[index] ^= mask
            damagedMark[index] ^= mask
            damagedAnchor[index] ^= mask
            #expect(SegmentHeader(damagedHeader.span.bytes) == nil)
            #expect(SyncMark(damagedMark.span.bytes) == nil)
            #expect(CommitAnchor(damagedAnchor.span.bytes) == nil)
        }
    }

    @Test func `a claim's body reads back, and a shorter one is none`() {
        let claim = Claim(after: RecordNumber(12), node: NodeID(34))

        #expect(Claim(claim.body.span.bytes) == claim)
        #expect(Claim(claim.body.span.bytes.extracting(0..<15)) == nil)
    }
}
