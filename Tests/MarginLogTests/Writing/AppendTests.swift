import MarginDomain
import Synchronization
import Testing

@testable import MarginLog

@Suite struct AppendTests {
    @Test func `what was appended is read back in order after closing`() async throws {
        let records = try readAll(try await closedLog(40))

        #expect(records.first?.kind == .claim)
        #expect(records.dropFirst().map(\.draft) == (0..<40).map(draft))
        #expect(records.map(\.number) == (1...41).map { RecordNumber($0) })
        #expect(Set(records.map(\.epoch)) == [Epoch(1)])
    }

    @Test func `a log of many segments reads as one`() async throws {
        let state = try await closedLog(200, segmentBytes: 1024)

        #expect(try readAll(state).dropFirst().map(\.draft) == (0..<200).map(draft))
        #expect(state.names.count > 20)
    }

    @Test func `a batch that spans several segments reads as one`() async throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: disk)

        _ = try log.append((0..<100).map(draft), after: log.end)
        try log.close()

        #expect(try readAll(disk.state).dropFirst().map(\.draft) == (0..<100).map(draft))
        #expect(disk.state.names.count > 10)
    }

    @Test func `an append at another place than the end is refused and changes nothing`() throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(), fileSystem: disk)
        let start = log.end
        let second = try log.append([draft(1)], after: start)

        #expect(throws: LogError.conflict(expected: start, actual: second)) {
            try log.append([draft(2), draft(3)], after: start)
        }
        #expect(log.end == second)
        try log.close()
        #expect(try readAll(disk.state).dropFirst().map(\.draft) == [draft(1)])
    }

    @Test func `a position of the same number but another history is refused`() throws {
        let log = try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk())
        let end = log.end
        let other = LogPosition(epoch: end.epoch, number: end.number, hash: RecordHash(end.hash.rawValue ^ 1))

        #expect(throws: LogError.conflict(expected: other, actual: end)) { try log.append([draft(1)], after: other) }
    }

    @Test func `a claim fences every older position`() throws {
        let log = try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk())
        let old = try log.append([draft(1)], after: log.end)

        let new = try log.claim(by: NodeID(2), after: old)

        #expect(new.epoch == old.epoch.next)
        #expect(throws: LogError.fenced(by: new.epoch)) { try log.append([draft(2)], after: old) }
        #expect(try log.append([draft(2)], after: new).number == new.number.next)
    }

    @Test func `every opening claims the next epoch after the last record`() async throws {
        var state = try await closedLog(3)
        for opening in 2...5 {
            let disk = SimulatedDisk(state)
            let log = try SegmentedLog.open(configuration(), fileSystem: disk)
            #expect(log.end.epoch == Epoch(UInt32(opening)))
            #expect(log.committed == log.end.number)
            try log.close()
            state = disk.state
        }

        let claims = try readAll(state).filter { $0.kind == .claim }
        #expect(claims.map { Claim($0.body.span.bytes)?.after.rawValue } == [0, 4, 5, 6, 7])
        #expect(claims.last?.eventTime == draft(2).eventTime)
    }

    @Test func `both ways of appending write the same bytes`() throws {
        let (one, other) = (SimulatedDisk(), SimulatedDisk())
        let drafts = try SegmentedLog.open(configuration(), fileSystem: one)
        let spans = try SegmentedLog.open(configuration(), fileSystem: other)

        _ = try drafts.append([draft(5)], after: drafts.end)
        let body = draft(5).body
        _ = try spans.append(
            draft(5).kind, eventTime: draft(5).eventTime, count: draft(5).count, body: body.span.bytes, after: spans.end
        )
        try drafts.close()
        try spans.close()

        #expect(drafts.end == spans.end)
        #expect(one.state.bytes(firstSegmentPath) == other.state.bytes(firstSegmentPath))
    }

    @Test func `an append larger than a segment is refused before it is queued`() throws {
        let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: SimulatedDisk())
        let large = RecordDraft(
            kind: .data, eventTime: Timestamp(0), count: 1, body: [UInt8](repeating: 1, count: 1024))
        let fitting = RecordDraft(
            kind: .data, eventTime: Timestamp(0), count: 1, body: [UInt8](repeating: 1, count: 896))

        #expect(throws: LogError.tooLarge(bytes: 1088, limit: 960)) { try log.append([large], after: log.end) }
        _ = try log.append([fitting], after: log.end)
        try log.close()
        #expect(log.committed == RecordNumber(2))
    }

    @Test func `a closed log refuses appends and may be closed again`() throws {
        let log = try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk())
        try log.close()
        try log.close()

        #expect(throws: LogError.closed) { try log.append([draft(1)], after: log.end) }
    }

    @Test func `a second writer is refused until the first has closed`() throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(), fileSystem: disk)

        #expect(throws: LogError.locked(path: "log/lock")) {
            try SegmentedLog.open(configuration(), fileSystem: disk)
        }
        try log.close()
        #expect(try SegmentedLog.open(configuration(), fileSystem: disk).end.epoch == Epoch(2))
    }

    @Test func `a log of another identity is refused`() async throws {
        var other = configuration()
        other.id = LogID(8)
        let disk = SimulatedDisk(try await closedLog(1))

        #expect(throws: LogError.anotherLog(expected: LogID(8), found: LogID(7))) {
            try SegmentedLog.open(other, fileSystem: disk)
        }
    }

    @Test func `a configuration out of range names the key`() {
        var small = configuration()
        small.segmentBytes = 100

        #expect(throws: LogError.configuration("segmentBytes is not in 1024...2147483648")) {
            try SegmentedLog.open(small, fileSystem: SimulatedDisk())
        }
    }
}
