import MarginDomain
import Testing

@testable import MarginFeed

@Suite struct SourceSequencerTests {
    private var sequencer = SourceSequencer(firstHeard: Sample.header(1), buffer: GapBuffer(capacity: 4))
    private var released: [EventBatch] = []

    @Test mutating func `a contiguous stream passes as it is`() {
        #expect(take(1, count: 3) == .released)
        #expect(take(4) == .released)

        #expect(released.numbers() == [1, 2, 3, 4])
        #expect(sequencer.isWhole)
        #expect(sequencer.lastSequence == SequenceNumber(4))
    }

    @Test mutating func `a message that is known is dropped`() {
        _ = take(1, count: 3)

        #expect(take(1, count: 3) == .duplicate)
        #expect(take(2) == .duplicate)
        #expect(released.count == 1)
    }

    @Test mutating func `of a message that is partly known the rest is taken`() {
        _ = take(1, count: 3)

        #expect(take(2, count: 4) == .overlapped)
        #expect(released.numbers() == [1, 2, 3, 4, 5])
    }

    @Test mutating func `behind a gap messages wait, and the gap is asked for`() {
        _ = take(1)

        #expect(take(4) == .buffered)
        #expect(take(6) == .buffered)
        #expect(released.numbers() == [1])
        #expect(sequencer.isWhole == false)
        #expect(sequencer.need(spanMax: 100) == .replay(from: SequenceNumber(2), to: SequenceNumber(3)))
    }

    @Test mutating func `a replay releases what waited behind it`() {
        _ = take(1)
        _ = take(4)

        #expect(take(2, count: 2, via: .replay) == .released)
        #expect(released.numbers() == [1, 2, 3, 4])
        #expect(sequencer.isWhole)
        #expect(sequencer.need(spanMax: 100) == nil)
    }

    @Test mutating func `a replay is asked for in bounded spans`() {
        _ = take(1)
        _ = take(100)

        #expect(sequencer.need(spanMax: 10) == .replay(from: SequenceNumber(2), to: SequenceNumber(11)))
    }

    @Test mutating func `a heartbeat reveals a lost tail`() {
        _ = take(1)

        #expect(sequencer.hear(Sample.header(4)) == true)
        #expect(sequencer.need(spanMax: 100) == .replay(from: SequenceNumber(2), to: SequenceNumber(3)))
    }

    @Test func `one that is first heard in the middle needs a snapshot`() {
        let sequencer = SourceSequencer(firstHeard: Sample.header(17))

        #expect(sequencer.need(spanMax: 100) == .snapshot)
        #expect(sequencer.isWhole == false)
    }

    @Test func `a snapshot passes with its holes, and live messages wait for its end`() {
        var sequencer = SourceSequencer(firstHeard: Sample.header(17))
        var released: [EventBatch] = []
        #expect(sequencer.take(Sample.batch(17), via: .live, into: &released) == .buffered)

        #expect(sequencer.take(Sample.batch(3), via: .snapshot, into: &released) == .released)
        #expect(sequencer.take(Sample.batch(9, count: 2), via: .snapshot, into: &released) == .released)
        #expect(sequencer.isWhole == false)
        sequencer.step(to: SequenceNumber(17), in: Epoch(1), into: &released)

        #expect(released.numbers() == [3, 9, 10, 17])
        #expect(sequencer.isWhole)
    }

    @Test func `after a snapshot a hole before what waits is replayed`() {
        var sequencer = SourceSequencer(firstHeard: Sample.header(17))
        var released: [EventBatch] = []
        _ = sequencer.take(Sample.batch(17), via: .live, into: &released)

        sequencer.step(to: SequenceNumber(15), in: Epoch(1), into: &released)

        #expect(sequencer.need(spanMax: 100) == .replay(from: SequenceNumber(15), to: SequenceNumber(16)))
    }

    @Test mutating func `a snapshot corrects a heartbeat that announced too much`() {
        _ = take(1)
        _ = sequencer.hear(Sample.header(1000))

        sequencer.requireSnapshot()
        sequencer.step(to: SequenceNumber(2), in: Epoch(1), into: &released)

        #expect(sequencer.isWhole)
    }

    @Test func `nothing that the log has is taken again from a snapshot`() {
        var sequencer = SourceSequencer(resuming: Epoch(1), after: SequenceNumber(10))
        var released: [EventBatch] = []
        sequencer.requireSnapshot()

        #expect(sequencer.take(Sample.batch(4), via: .snapshot, into: &released) == .duplicate)
        #expect(sequencer.take(Sample.batch(10, count: 2), via: .snapshot, into: &released) == .overlapped)

        #expect(released.numbers() == [11])
    }

    @Test mutating func `a higher epoch needs a snapshot and fences the lower one`() {
        _ = take(1, count: 5)

        #expect(take(1, epoch: 2) == .buffered)
        #expect(sequencer.need(spanMax: 100) == .snapshot)
        #expect(take(6, epoch: 1) == .fenced)
        #expect(sequencer.hear(Sample.header(9, epoch: 1)) == false)
        sequencer.step(to: SequenceNumber(1), in: Epoch(2), into: &released)

        #expect(released.map(\.header.epoch) == [Epoch(1), Epoch(2)])
        #expect(sequencer.isWhole)
    }

    @Test mutating func `when too much waits the newest is kept and a snapshot asked for`() {
        _ = take(1)
        for first: UInt64 in [3, 5, 7, 9] { _ = take(first) }
        #expect(sequencer.bufferedCount == 4)

        #expect(take(11) == .buffered)

        #expect(sequencer.bufferedCount == 1)
        #expect(sequencer.need(spanMax: 100) == .snapshot)
    }

    private mutating func take(
        _ first: UInt64, count: Int = 1, epoch: UInt32 = 1, via channel: SourceSequencer.Channel = .live
    ) -> SourceSequencer.Verdict {
        sequencer.take(Sample.batch(first, count: count, epoch: epoch), via: channel, into: &released)
    }
}
