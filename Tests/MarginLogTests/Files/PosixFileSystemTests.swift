import Glibc
import MarginDomain
import Testing

@testable import MarginLog

@Suite struct PosixFileSystemTests {
    @Test func `a log on the real file system survives rotation, abandonment and reopening`() async throws {
        let place = try TemporaryDirectory()
        var appended: [RecordDraft] = []
        for round in 0..<3 {
            let log = try SegmentedLog.open(place.configuration())
            #expect(log.recovery.records == UInt64(appended.count + round))
            var position = log.end
            for index in 0..<60 {
                let one = draft(round * 60 + index)
                position = try log.append([one], after: position)
                appended.append(one)
            }
            _ = try await log.barrier()
            if round == 1 { log.abandon() } else { try log.close() }
        }

        let reader = try LogReader(directory: place.logPath)
        var read: [RecordDraft] = []
        while let record = try reader.next() { if record.kind != .claim { read.append(record.draft) } }

        #expect(read == appended)
        #expect(reader.ending == .clean)
    }

    @Test func `the lock keeps a second writer out until the first lets go`() throws {
        let place = try TemporaryDirectory()
        let log = try SegmentedLog.open(place.configuration())

        #expect(throws: LogError.locked(path: place.logPath + "/lock")) { try SegmentedLog.open(place.configuration()) }
        log.abandon()
        try SegmentedLog.open(place.configuration()).close()
    }

    @Test func `a log whose object is gone lets the next writer in`() async throws {
        let place = try TemporaryDirectory()
        do {
            let log = try SegmentedLog.open(place.configuration())
            _ = try log.append([draft(1)], after: log.end)
            _ = try await log.barrier()
        }

        #expect(try SegmentedLog.open(place.configuration()).recovery.records == 2)
    }

    @Test func `a reader of a log in use sees what is committed and disturbs nothing`() async throws {
        let place = try TemporaryDirectory()
        let log = try SegmentedLog.open(place.configuration())
        var position = log.end
        for index in 0..<40 { position = try log.append([draft(index)], after: position) }
        _ = try await log.barrier()

        let reader = try LogReader(directory: place.logPath)
        while try reader.next() != nil {}
        let tail = try log.tail(from: RecordNumber(1))
        while try tail.next() != nil {}

        #expect(reader.position == position)
        #expect(tail.position == position)
        try log.close()
    }

    @Test func `an operation that fails names the file and the system's error`() throws {
        let files = PosixFileSystem()
        let place = try TemporaryDirectory()
        let missing = place.path + "/missing"

        #expect(throws: LogError.file(.open, path: missing, code: ENOENT)) { try files.open(missing, .read) }
        #expect(throws: LogError.file(.list, path: missing, code: ENOENT)) { try files.names(in: missing) }
        #expect(throws: LogError.file(.remove, path: missing, code: ENOENT)) { try files.remove(missing) }
        #expect(throws: LogError.file(.createDirectory, path: missing + "/below", code: ENOENT)) {
            try files.createDirectory(missing + "/below")
        }
        let file = try files.open(missing, .create)
        #expect(throws: LogError.file(.open, path: missing, code: EEXIST)) { try files.open(missing, .create) }
        let readOnly = try files.open(missing, .read)
        #expect(throws: LogError.file(.write, path: missing, code: EBADF)) {
            let one: [UInt8] = [1]
            try readOnly.writeAll(one.span.bytes, at: 0)
        }
        try file.allocate(100)
        #expect(try file.size() == 100)
        try file.truncate(to: 10)
        #expect(try readOnly.size() == 10)
    }
}
