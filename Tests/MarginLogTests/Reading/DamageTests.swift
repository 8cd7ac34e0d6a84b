import MarginDomain
import Testing

@testable import MarginLog

@Suite struct DamageTests {
    @Test func `damage in the middle halts with segment and offset and changes nothing`() async throws {
        let state = try await closedLog(20)
        let offsets = try recordOffsets(state)

        for index in 0..<offsets.count - 1 {
            var bytes = state.bytes(firstSegmentPath)
            bytes[offsets[index] + 20] ^= 0x10
            let damaged = state.replacing(firstSegmentPath, with: bytes)
            let disk = SimulatedDisk(damaged)
            let place = LogLocation(segment: .first, offset: UInt64(offsets[index]))

            #expect(throws: LogError.damaged(.checksum, at: place)) {
                try SegmentedLog.open(configuration(), fileSystem: disk)
            }
            #expect(throws: LogError.damaged(.checksum, at: place)) { try readAll(damaged) }
            #expect(disk.state.bytes(firstSegmentPath) == bytes)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `no flipped bit of a closed log of several segments goes unnoticed`(seed: UInt64) async throws {
        let state = try await closedLog(40, segmentBytes: 2048)
        let paths = state.names.keys.filter { $0.hasSuffix(".segment") }.sorted()
        var generator = SeededGenerator(seed: seed)

        for _ in 0..<300 {
            let path = try #require(paths.randomElement(using: &generator))
            var bytes = state.bytes(path)
            let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: LogError.self, "\(path) bit \(bit)") { try readAll(state.replacing(path, with: bytes)) }
        }
    }

    @Test func `a record changed together with its checksum breaks the chain at the next one`() async throws {
        let state = try await closedLog(10)
        let offsets = try recordOffsets(state)
        var bytes = state.bytes(firstSegmentPath)
        let marked = LogLimits.headerBytes
        var record = Array(bytes[offsets[4]..<offsets[5] - marked])
        record[64] ^= 1
        record.reseal()
        bytes.replaceSubrange(offsets[4]..<offsets[5] - marked, with: record)

        let mark = LogLocation(segment: .first, offset: UInt64(offsets[5] - marked))
        #expect(throws: LogError.damaged(.markElsewhere, at: mark)) {
            try readAll(state.replacing(firstSegmentPath, with: bytes))
        }
    }

    @Test func `a record that follows another history is refused even within one batch`() async throws {
        let log = try await UnanchoredLog.make()
        var bytes = log.state.bytes(firstSegmentPath)
        let range = log.offsets[log.anchored]..<log.offsets[log.anchored + 1]
        var record = Array(bytes[range])
        record[24] ^= 1
        record.reseal()
        bytes.replaceSubrange(range, with: record)

        let place = LogLocation(segment: .first, offset: UInt64(range.upperBound))
        #expect(throws: LogError.damaged(.refused(.brokenChain), at: place)) {
            try readAll(log.state.replacing(firstSegmentPath, with: bytes))
        }
    }

    @Test func `a record of a newer program is never cut`() async throws {
        let log = try await UnanchoredLog.make(last: 1)
        var bytes = log.state.bytes(firstSegmentPath)
        let range = log.offsets[log.anchored]..<log.offsets[log.anchored + 1]
        var record = Array(bytes[range])
        record[4] = 9
        record.reseal()
        bytes.replaceSubrange(range, with: record)
        let disk = SimulatedDisk(log.state.replacing(firstSegmentPath, with: bytes))

        let place = LogLocation(segment: .first, offset: UInt64(range.lowerBound))
        #expect(throws: LogError.damaged(.unknownVersion(9), at: place)) {
            try SegmentedLog.open(configuration(), fileSystem: disk)
        }
    }

    @Test func `a record written by a fenced writer, or twice, is passed over and counted`() async throws {
        let state = try await closedLog(4)
        let bytes = state.bytes(firstSegmentPath)
        let offsets = try recordOffsets(state)
        let twice = bytes + bytes[offsets[offsets.count - 2]..<offsets[offsets.count - 1]]
        let disk = SimulatedDisk(state.replacing(firstSegmentPath, with: twice))

        let log = try SegmentedLog.open(configuration(segmentBytes: 1 << 16), fileSystem: disk)

        #expect(log.recovery.skippedRecords == 1)
        #expect(log.recovery.records == 5)
        try log.close()
        #expect(try readAll(disk.state).count == 6)
    }

    @Test func `a missing segment is named`() async throws {
        let state = try await closedLog(60, segmentBytes: 1024)

        #expect(throws: LogError.segmentMissing(SegmentNumber(2))) { try readAll(state.removing(secondSegmentPath)) }
        #expect(throws: LogError.segmentMissing(SegmentNumber(1))) { try readAll(state.removing(firstSegmentPath)) }
    }

    @Test func `segments in exchanged places are refused`() async throws {
        let state = try await closedLog(60, segmentBytes: 1024)
        let exchanged = state.replacing(firstSegmentPath, with: state.bytes(secondSegmentPath))
            .replacing(secondSegmentPath, with: state.bytes(firstSegmentPath))

        #expect(throws: LogError.damaged(.segmentHeader, at: LogLocation(segment: .first, offset: 0))) {
            try readAll(exchanged)
        }
    }
}
