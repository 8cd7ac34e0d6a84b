import MarginDomain
import Synchronization
import Testing

@testable import MarginLog

@Suite struct CommitTests {
    @Test func `a barrier returns when everything appended before it is committed`() async throws {
        let log = try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk())
        var position = log.end
        for index in 0..<50 { position = try log.append([draft(index)], after: position) }

        let committed = try await log.barrier()

        #expect(committed == position)
        #expect(log.committed == position.number)
    }

    @Test func `every commit is announced once and in order`() throws {
        let announced = Mutex<[RecordNumber]>([])
        let log = try SegmentedLog.open(
            configuration(), fileSystem: SimulatedDisk(),
            onCommit: { number in announced.withLock { $0.append(number) } })
        var position = log.end
        for index in 0..<50 { position = try log.append([draft(index)], after: position) }
        try log.close()

        let numbers = announced.withLock { $0 }
        #expect(numbers == Set(numbers).sorted())
        #expect(numbers.last == position.number)
    }

    @Test func `nothing is acknowledged before its bytes are durable`() async throws {
        let disk = SimulatedDisk(keepsStates: true)
        let log = try SegmentedLog.open(
            configuration(segmentBytes: 1024), fileSystem: disk, onCommit: { disk.acknowledge($0) })
        var position = log.end
        for index in 0..<30 {
            position = try log.append([draft(index)], after: position)
            if index % 4 == 0 { _ = try await log.barrier() }
        }
        try log.close()

        let recording = disk.recording
        for (state, acknowledged) in zip(recording.states, recording.acknowledged) {
            var onlyDurable = SimulatedDisk.State(names: state.durableNames, durableNames: state.durableNames)
            onlyDurable.inodes = state.inodes.mapValues { .init(cached: $0.durable, durable: $0.durable) }
            guard acknowledged > .start else { continue }
            #expect((try readAll(onlyDurable).last?.number ?? .start) >= acknowledged)
        }
    }

    @Test func `an appender without room is refused if that is the policy`() async throws {
        let gate = Gate()
        let log = try SegmentedLog.open(
            configuration(whenFull: .refuse), fileSystem: SimulatedDisk(), onCommit: { _ in gate.pass() })
        let large = RecordDraft(
            kind: .data, eventTime: Timestamp(0), count: 0, body: [UInt8](repeating: 7, count: 3_000))

        // The writer is held in the announcement of a commit, so that the queue can only fill.
        gate.close()
        var position = try log.append([draft(0)], after: log.end)
        gate.awaitArrival()
        var refused: LogError?
        var appended = 0
        while refused == nil {
            do throws(LogError) {
                position = try log.append([large], after: position)
                appended += 1
            } catch {
                refused = error
            }
        }
        gate.open()

        #expect(refused == .full(queuedBytes: appended * 3_064))
        #expect(appended == (64 << 10) / 3_064)
        #expect(try await log.barrier() == position)
    }

    @Test func `an appender without room waits until the writer has taken the queue`() throws {
        let log = try SegmentedLog.open(configuration(), fileSystem: SimulatedDisk())
        let large = RecordDraft(
            kind: .data, eventTime: Timestamp(0), count: 0, body: [UInt8](repeating: 7, count: 3_000))
        var position = log.end

        for _ in 0..<200 { position = try log.append([large], after: position) }
        try log.close()

        #expect(log.committed == position.number)
    }

    @Test func `appenders on several threads lose nothing between them`() async throws {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(segmentBytes: 1 << 16), fileSystem: disk)

        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var appended = 0
                    while appended < 25 {
                        do throws(LogError) {
                            _ = try log.append([draft(appended)], after: log.end)
                            appended += 1
                        } catch {
                            // Another task was faster; the end has moved.
                            guard case .conflict = error else { return }
                        }
                    }
                }
            }
        }
        try log.close()

        #expect(try readAll(disk.state).count == 101)
    }
}

/// Holds the writer thread at a place until the test lets it go.
final class Gate: Sendable {
    private let isClosed = Atomic(false)
    private let arrival = Semaphore()
    private let release = Semaphore()

    func close() { isClosed.store(true, ordering: .releasing) }

    func open() {
        isClosed.store(false, ordering: .releasing)
        release.post()
    }

    /// Called by the writer: waits here if the gate is closed.
    func pass() {
        guard isClosed.load(ordering: .acquiring) else { return }
        arrival.post()
        release.wait()
    }

    /// Returns when the writer stands at the gate.
    func awaitArrival() { arrival.wait() }
}
