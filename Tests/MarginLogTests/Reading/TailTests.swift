import MarginDomain
import Testing

@testable import MarginLog

@Suite struct TailTests {
    @Test func `a tail returns what is committed, then nil, then what is committed later`() async throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: disk)
        let tail = try log.tail(from: RecordNumber(1))
        #expect(try tail.next()?.kind == .claim)
        #expect(try tail.next() == nil)

        var position = log.end
        for round in 0..<30 {
            let drafts = (0..<3).map { draft(round * 3 + $0) }
            position = try log.append(drafts, after: position)
            _ = try await log.barrier()

            var read: [RecordDraft] = []
            while let record = try tail.next() { read.append(record.draft) }
            #expect(read == drafts)
        }
        try log.close()
        #expect(try tail.next() == nil)
    }

    @Test func `a tail starts at any record of any segment`() async throws {
        let disk = SimulatedDisk(try await closedLog(50, segmentBytes: 1024))
        let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: disk)

        for first in 1...52 as ClosedRange<UInt64> {
            let tail = try log.tail(from: RecordNumber(first))
            #expect(try tail.next()?.number == RecordNumber(first))
        }
        #expect(try log.tail(from: RecordNumber(53)).next() == nil)
    }

    @Test func `a reader starts at any record and reads to the end`() async throws {
        let state = try await closedLog(30, segmentBytes: 1024)
        let all = try readAll(state)

        for first in 1...31 {
            #expect(try readAll(state, from: RecordNumber(UInt64(first))) == Array(all.dropFirst(first - 1)))
        }
        #expect(try readAll(state, from: RecordNumber(100)).isEmpty)
    }

    @Test func `a record larger than the window is read whole`() async throws {
        let disk = SimulatedDisk()
        var large = configuration(segmentBytes: 4 << 20)
        large.queueBytesMax = 4 << 20
        let log = try SegmentedLog.open(large, fileSystem: disk)
        let body = (0..<LogLimits.bodyBytesMax).map { UInt8(truncatingIfNeeded: $0 / 3) }
        let record = RecordDraft(kind: .data, eventTime: Timestamp(5), count: 9, body: body)

        _ = try log.append([draft(1), record, draft(2)], after: log.end)
        try log.close()

        #expect(try readAll(disk.state).dropFirst().map(\.draft) == [draft(1), record, draft(2)])
    }

    @Test func `a log that was never written to reads as empty`() throws {
        let disk = SimulatedDisk()
        _ = try AnchorFile(creatingFor: LogID(7), in: try disk.open(anchorPath, .create))

        #expect(try readAll(disk.state).isEmpty)
    }
}
