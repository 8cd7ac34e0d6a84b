import MarginDomain
import Testing

@testable import MarginLog

@Suite struct AnchorTests {
    @Test func `a log cut at any record boundary is refused`() async throws {
        let state = try await closedLog(12)
        let offsets = try recordOffsets(state)

        for cut in offsets.dropFirst().dropLast() {
            let shorter = state.replacing(firstSegmentPath, with: Array(state.bytes(firstSegmentPath).prefix(cut)))
            do throws(LogError) {
                _ = try readAll(shorter)
                Issue.record("a log cut at \(cut) was accepted")
            } catch {
                guard case .cutBelowAnchor(let anchor, let last, _) = error else {
                    Issue.record("unexpected: \(error)")
                    continue
                }
                #expect(anchor == RecordNumber(13))
                #expect(last < anchor)
            }
        }
    }

    @Test func `a log without its last segment is refused`() async throws {
        let state = try await closedLog(60, segmentBytes: 1024)
        let last = try #require(state.names.keys.filter { $0.hasSuffix(".segment") }.max())

        do throws(LogError) {
            _ = try readAll(state.removing(last))
            Issue.record("the shorter log was accepted")
        } catch {
            guard case .cutBelowAnchor = error else {
                Issue.record("unexpected: \(error)")
                return
            }
        }
    }

    @Test func `a log without any segment is refused`() async throws {
        let state = try await closedLog(2)

        #expect(
            throws: LogError.cutBelowAnchor(
                anchor: RecordNumber(3), last: .start, at: LogLocation(segment: .first, offset: 0))
        ) { try readAll(state.removing(firstSegmentPath)) }
    }

    @Test func `the last record cannot be changed, even together with its checksum`() async throws {
        let state = try await closedLog(3)
        let offsets = try recordOffsets(state)
        var bytes = state.bytes(firstSegmentPath)
        var record = Array(bytes[offsets[3]..<offsets[4]])
        record[64] ^= 1
        record.reseal()
        bytes.replaceSubrange(offsets[3]..<offsets[4], with: record)

        let end = LogLocation(segment: .first, offset: UInt64(offsets[4]))
        #expect(throws: LogError.anchorMismatch(RecordNumber(4), at: end)) {
            try readAll(state.replacing(firstSegmentPath, with: bytes))
        }
    }

    @Test(arguments: [0, 1])
    func `a torn slot leaves the other one`(slot: Int) async throws {
        let state = try await closedLog(7)
        var anchor = state.bytes(anchorPath)
        anchor[slot * LogLimits.anchorSlotBytes + 30] ^= 1
        let disk = SimulatedDisk(state.replacing(anchorPath, with: anchor))

        let log = try SegmentedLog.open(configuration(), fileSystem: disk)

        #expect(log.recovery.anchorHadDamagedSlot)
        #expect(log.recovery.records == 8)
        try log.close()
        #expect(try SegmentedLog.open(configuration(), fileSystem: disk).recovery.anchorHadDamagedSlot == false)
    }

    @Test func `segments without a readable anchor are refused`() async throws {
        let state = try await closedLog(7)
        let unreadable = state.replacing(anchorPath, with: [UInt8](repeating: 0, count: 8192))

        for broken in [unreadable, state.removing(anchorPath)] {
            #expect(throws: LogError.anchorUnreadable(path: anchorPath)) { try readAll(broken) }
            #expect(throws: LogError.anchorUnreadable(path: anchorPath)) {
                try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk(broken))
            }
        }
    }

    @Test func `between two synchronisations only one slot is written`() throws {
        let disk = SimulatedDisk()
        let file = try disk.open(anchorPath, .create)
        var anchor = try AnchorFile(creatingFor: LogID(7), in: file)
        let durable = disk.state.bytes(anchorPath).prefix(64)

        for number in 1...5 as ClosedRange<UInt64> {
            let position = LogPosition(epoch: Epoch(1), number: RecordNumber(number), hash: RecordHash(number))
            try anchor.record(position, endingAt: LogLocation(segment: .first, offset: 64))
        }

        #expect(anchor.unsynchronized == 5)
        #expect(disk.state.bytes(anchorPath).prefix(64) == durable)
        #expect(try AnchorFile.read(file)?.anchor.position.number == RecordNumber(5))
        try anchor.synchronize()
        #expect(anchor.unsynchronized == 0)
    }

    @Test func `after the death of the process the anchor names the last acknowledged record`() async throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(), fileSystem: disk)
        var position = log.end
        for index in 0..<10 {
            position = try log.append([draft(index)], after: position)
            _ = try await log.barrier()
            let file = try disk.open(anchorPath, .read)
            #expect(try AnchorFile.read(file)?.anchor.position == position)
        }
        log.abandon()
    }
}
