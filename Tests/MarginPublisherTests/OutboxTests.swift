import MarginDomain
import Testing

@testable import MarginPublisher

@Suite struct OutboxTests {
    @Test func `a signal leaves when its record is committed, not before`() {
        var outbox = Outbox(epoch: Epoch(3))
        outbox.take([Sample.signal(1), Sample.signal(2)])
        #expect(outbox.release(committed: RecordNumber(9)) == nil)

        let signal = outbox.release(committed: RecordNumber(10))

        #expect(signal?.signalNo == StreamNumber(1))
        #expect(signal?.epoch == Epoch(3))
        #expect(signal?.committed == true)
        #expect(outbox.release(committed: RecordNumber(19)) == nil)
        #expect(outbox.heldCount == 1)
    }

    @Test func `a signal leaves once`() {
        var outbox = Outbox(epoch: Epoch(1))
        outbox.take([Sample.signal(1)])
        _ = outbox.release(committed: RecordNumber(10))

        #expect(outbox.release(committed: RecordNumber(99)) == nil)
        #expect(outbox.lastSent == StreamNumber(1))
    }

    @Test func `what is held cannot be replayed yet`() {
        var outbox = Outbox(epoch: Epoch(1))
        outbox.take([Sample.signal(1)])

        #expect(outbox.retained[StreamNumber(1)] == nil)
    }

    @Test func `after a restart what may not have been sent is sent again under the new epoch`() {
        var outbox = Outbox(epoch: Epoch(2), after: StreamNumber(4))
        outbox.recover((5...8).map { Sample.signal($0) }, sendFrom: StreamNumber(7))
        outbox.take([Sample.signal(9)])

        var sent: [Signal] = []
        while let signal = outbox.release(committed: RecordNumber(80)) { sent.append(signal) }

        #expect(sent.map(\.signalNo) == [StreamNumber(7), StreamNumber(8)])
        #expect(sent.allSatisfy { $0.epoch == Epoch(2) })
        #expect(outbox.retained[StreamNumber(5)]?.epoch == Epoch(2))
        #expect(outbox.retained[StreamNumber(4)] == nil)
    }

    @Test func `the newest signal of each pool is remembered`() {
        var outbox = Outbox(epoch: Epoch(1))
        outbox.take([Sample.signal(1, pool: 8), Sample.signal(2, pool: 3), Sample.signal(3, pool: 8)])
        while outbox.release(committed: RecordNumber(99)) != nil {}

        #expect(outbox.pools == [PoolID(8), PoolID(3)])
        #expect(outbox.newest(of: PoolID(8))?.signalNo == StreamNumber(3))
    }

    @Test func `a hole in the engine's numbers is a defect that stops the process`() async {
        await #expect(processExitsWith: .failure) {
            var outbox = Outbox(epoch: Epoch(1))
            outbox.take([Sample.signal(2)])
        }
    }
}

@Suite struct RetainedSignalsTests {
    @Test func `only the last signals are kept`() {
        var retained = RetainedSignals(next: StreamNumber(5), capacity: 3)
        for number in UInt64(5)...11 { retained.keep(Sample.signal(number, pool: number % 2)) }

        #expect(retained.first == StreamNumber(9))
        #expect(retained.end == StreamNumber(12))
        #expect((8...12).map { retained[StreamNumber($0)]?.signalNo.rawValue } == [nil, 9, 10, 11, nil])
        #expect(retained.numbers(of: PoolID(1)) == [StreamNumber(9), StreamNumber(11)])
        #expect(retained.numbers(of: PoolID(0)) == [StreamNumber(10)])
    }

    @Test func `a signal is found by its identity`() {
        var retained = RetainedSignals(next: StreamNumber(1), capacity: 3)
        for number in UInt64(1)...5 { retained.keep(Sample.signal(number, pool: 2)) }

        #expect(retained.contains(SignalKey(Sample.signal(4, pool: 2))))
        #expect(retained.contains(SignalKey(Sample.signal(2, pool: 2))) == false)
        #expect(retained.contains(SignalKey(Sample.signal(4, pool: 3))) == false)
    }
}
