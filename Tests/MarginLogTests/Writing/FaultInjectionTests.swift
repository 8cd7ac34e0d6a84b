import MarginDomain
import Synchronization
import Testing

@testable import MarginLog

@Suite struct FaultInjectionTests {
    /// What a scripted life of a log came to.
    struct Life {
        var acknowledged: RecordNumber
        var failure: LogError?
        var announcedFailures: [LogError]
        var acknowledgedAfterFailure: Bool
    }

    /// Opens, appends over several segments and closes, up to the first failure.
    private func live(on disk: SimulatedDisk) async -> Life {
        let acknowledged = Mutex(RecordNumber.start)
        let failures = Mutex<[LogError]>([])
        let late = Mutex(false)
        var failure: LogError?
        do throws(LogError) {
            let log = try SegmentedLog.open(
                configuration(segmentBytes: 1024), fileSystem: disk,
                onCommit: { number in
                    if failures.withLock({ !$0.isEmpty }) { late.withLock { $0 = true } }
                    acknowledged.withLock { $0 = number }
                    disk.acknowledge(number)
                },
                onFailure: { error in failures.withLock { $0.append(error) } })
            do throws(LogError) {
                var position = log.end
                for index in 0..<25 {
                    position = try log.append([draft(index)], after: position)
                    if index % 3 == 0 { _ = try await log.barrier() }
                }
                try log.close()
            } catch {
                failure = error
                // A log that has failed stays failed and says the same to everyone.
                #expect(throws: error) { try log.append([draft(99)], after: log.end) }
                #expect(throws: error) { try log.close() }
            }
        } catch {
            failure = error
        }
        return Life(
            acknowledged: acknowledged.withLock { $0 }, failure: failure, announcedFailures: failures.withLock { $0 },
            acknowledgedAfterFailure: late.withLock { $0 })
    }

    @Test(arguments: [SimulatedDisk.inputOutputError, SimulatedDisk.noSpace])
    func `a failure at any call stops the log, and nothing acknowledged is lost`(code: Int32) async throws {
        let untouched = SimulatedDisk()
        #expect(await live(on: untouched).failure == nil)

        // The number of group commits varies with timing; the shortest life has more calls than this.
        for index in 1...40 {
            let disk = SimulatedDisk(faults: [index: .error(code)])
            let life = await live(on: disk)

            #expect(life.failure != nil, "call \(index)")
            #expect(!life.acknowledgedAfterFailure)
            #expect(life.announcedFailures.count <= 1)
            var generator = SeededGenerator(seed: UInt64(index))
            for _ in 0..<3 {
                let left = SimulatedDisk(disk.state.afterPowerCut(&generator))
                let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: left)
                #expect(log.recovery.end.number >= life.acknowledged, "call \(index)")
            }
        }
    }

    @Test func `short writes are continued`() async throws {
        let everyCall = Dictionary(uniqueKeysWithValues: (1...2_000).map { ($0, SimulatedDisk.Fault.short) })
        let disk = SimulatedDisk(faults: everyCall)

        let life = await live(on: disk)

        #expect(life.failure == nil)
        #expect(try readAll(disk.state).dropFirst().map(\.draft) == (0..<25).map(draft))
    }

    @Test func `a short write followed by a full disk stops the log`() async throws {
        for index in 12...30 {
            let disk = SimulatedDisk(faults: [index: .short, index + 1: .error(SimulatedDisk.noSpace)])
            let life = await live(on: disk)

            #expect(life.failure != nil)
            let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: disk)
            #expect(log.recovery.end.number >= life.acknowledged)
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a power cut before any call loses nothing acknowledged and never prevents opening`(seed: UInt64) async throws
    {
        let disk = SimulatedDisk(keepsStates: true)
        #expect(await live(on: disk).failure == nil)
        var generator = SeededGenerator(seed: seed)

        let recording = disk.recording
        for (index, state) in recording.states.enumerated() {
            for _ in 0..<4 {
                let left = SimulatedDisk(state.afterPowerCut(&generator))
                let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: left)
                #expect(log.recovery.end.number >= recording.acknowledged[index], "before call \(index)")
                try log.close()
                let drafts = try readAll(left.state).filter { $0.kind != .claim }.map(\.draft)
                #expect(drafts == (0..<drafts.count).map(draft))
            }
        }
    }

    @Test func `power cuts during recovery itself lose nothing either`() async throws {
        let disk = SimulatedDisk(keepsStates: true)
        #expect(await live(on: disk).failure == nil)
        var generator = SeededGenerator(seed: 9)

        let recording = disk.recording
        for index in stride(from: 0, to: recording.states.count, by: 7) {
            let recovering = SimulatedDisk(recording.states[index].afterPowerCut(&generator), keepsStates: true)
            try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: recovering).close()
            for state in recovering.recording.states {
                let left = SimulatedDisk(state.afterPowerCut(&generator))
                let log = try SegmentedLog.open(configuration(segmentBytes: 1024), fileSystem: left)
                #expect(log.recovery.end.number >= recording.acknowledged[index])
            }
        }
    }
}
