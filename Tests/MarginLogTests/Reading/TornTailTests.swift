import MarginDomain
import Testing

@testable import MarginLog

@Suite struct TornTailTests {
    @Test func `a log cut at any byte of its unfinished batch opens with the whole records before the cut`()
        async throws
    {
        let log = try await UnanchoredLog.make()
        let bytes = log.state.bytes(firstSegmentPath)

        for cut in log.offsets[log.anchored]...log.offsets[log.records.count] {
            let whole = log.offsets.dropFirst().count { $0 <= cut }
            let disk = SimulatedDisk(log.state.replacing(firstSegmentPath, with: Array(bytes.prefix(cut))))

            let opened = try SegmentedLog.open(configuration(segmentBytes: 1 << 14), fileSystem: disk)

            #expect(opened.recovery.records == UInt64(whole))
            #expect(opened.end.number == RecordNumber(UInt64(whole + 1)))
            try opened.close()
            #expect(try readAll(disk.state).dropLast() == log.records.prefix(whole)[...])
        }
    }

    @Test func `a log cut at any byte of its last three committed records is refused`() async throws {
        let state = try await closedLog(6)
        let bytes = state.bytes(firstSegmentPath)
        let offsets = try recordOffsets(state)

        for cut in offsets[offsets.count - 4]..<bytes.count {
            let cutState = state.replacing(firstSegmentPath, with: Array(bytes.prefix(cut)))
            let disk = SimulatedDisk(cutState)
            #expect(throws: LogError.self) { try SegmentedLog.open(configuration(), fileSystem: disk) }
            #expect(disk.state.bytes(firstSegmentPath) == cutState.bytes(firstSegmentPath))
        }
    }

    @Test func `any flipped bit of an unfinished batch shortens the log and never changes a record`() async throws {
        let log = try await UnanchoredLog.make()
        let bytes = log.state.bytes(firstSegmentPath)

        for bit in (log.offsets[log.anchored] * 8)..<(log.offsets[log.records.count] * 8) where bit % 3 == 0 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let whole = log.offsets.dropFirst().count { $0 * 8 <= bit }
            let reader = try LogReader(
                directory: directory,
                fileSystem: SimulatedDisk(log.state.replacing(firstSegmentPath, with: damaged)))

            var records: [LogRecord] = []
            while let record = try reader.next() { records.append(record) }

            #expect(records[...] == log.records.prefix(whole))
            #expect(reader.ending != .clean)
        }
    }

    @Test func `what follows a torn record in the same batch is cut with it and never comes back`() async throws {
        let log = try await UnanchoredLog.make()
        var bytes = log.state.bytes(firstSegmentPath)
        bytes[log.offsets[log.anchored] + 8] ^= 1
        let disk = SimulatedDisk(log.state.replacing(firstSegmentPath, with: bytes))

        let opened = try SegmentedLog.open(configuration(segmentBytes: 1 << 14), fileSystem: disk)
        #expect(opened.recovery.records == UInt64(log.anchored))
        let place = LogLocation(segment: .first, offset: UInt64(log.offsets[log.anchored]))
        guard case .torn(let at, let torn) = opened.recovery.ending else {
            Issue.record("the tail is torn")
            return
        }
        #expect(at == place)
        #expect(torn > 0)
        try opened.close()

        #expect(try readAll(disk.state).count == log.anchored + 1)
    }

    @Test func `a mark behind damage proves that it had been durable`() async throws {
        let log = try await UnanchoredLog.make(anchored: 2)
        let opened = SimulatedDisk(log.state)
        let writer = try SegmentedLog.open(configuration(segmentBytes: 1 << 14), fileSystem: opened)
        _ = try writer.append([draft(50)], after: writer.end)
        _ = try await writer.barrier()
        writer.abandon()
        var bytes = opened.state.bytes(firstSegmentPath)
        bytes[log.offsets[3]] ^= 1
        let state = opened.state.replacing(firstSegmentPath, with: bytes)
            .replacing(anchorPath, with: log.state.bytes(anchorPath))

        let place = LogLocation(segment: .first, offset: UInt64(log.offsets[3]))
        #expect(throws: LogError.damaged(.unknownMagic, at: place)) { try readAll(state) }
    }

    @Test func `a segment whose creation was interrupted is made again`() async throws {
        let state = try await closedLog(3)
        for leftover in [[], [UInt8](repeating: 0, count: 1024), [1, 2, 3]] {
            var unfinished = state
            unfinished.names[secondSegmentPath] = 1_000
            unfinished.inodes[1_000] = .init(cached: leftover, durable: leftover)
            let disk = SimulatedDisk(unfinished)

            let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: disk)
            var position = log.end
            for index in 3..<20 { position = try log.append([draft(index)], after: position) }
            try log.close()

            #expect(try readAll(disk.state).filter { $0.kind != .claim }.map(\.draft) == (0..<20).map(draft))
        }
    }

    @Test func `a log abandoned without closing opens again with everything acknowledged`() async throws {
        let disk = SimulatedDisk()
        var acknowledged: [RecordDraft] = []
        for round in 0..<6 {
            let log = try SegmentedLog.open(configuration(segmentBytes: 2048), fileSystem: disk)
            #expect(log.end.epoch == Epoch(UInt32(round + 1)))
            var position = log.end
            for index in 0..<10 {
                position = try log.append([draft(round * 10 + index)], after: position)
                acknowledged.append(draft(round * 10 + index))
            }
            _ = try await log.barrier()
            log.abandon()
        }

        #expect(try readAll(disk.state).filter { $0.kind != .claim }.map(\.draft) == acknowledged)
    }
}
