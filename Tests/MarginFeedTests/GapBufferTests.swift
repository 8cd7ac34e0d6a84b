import MarginDomain
import Testing

@testable import MarginFeed

@Suite struct GapBufferTests {
    @Test func `messages come out in order whatever order they came in`() {
        var buffer = GapBuffer(capacity: 8)
        for first: UInt64 in [5, 3, 4] { #expect(buffer.insert(Sample.batch(first)) == .stored) }

        var next = SequenceNumber(3)
        var released: [EventBatch] = []
        buffer.drain(from: &next, into: &released)

        #expect(released.numbers() == [3, 4, 5])
        #expect(next == SequenceNumber(6))
        #expect(buffer.count == 0)
    }

    @Test func `what lies behind a further gap stays`() {
        var buffer = GapBuffer(capacity: 8)
        _ = buffer.insert(Sample.batch(3))
        _ = buffer.insert(Sample.batch(5))

        var next = SequenceNumber(3)
        var released: [EventBatch] = []
        buffer.drain(from: &next, into: &released)

        #expect(released.numbers() == [3])
        #expect(buffer.firstSequence == SequenceNumber(5))
    }

    @Test func `an overlap comes out as its unknown tail`() {
        var buffer = GapBuffer(capacity: 8)
        _ = buffer.insert(Sample.batch(3, count: 3))
        _ = buffer.insert(Sample.batch(4, count: 4))

        var next = SequenceNumber(3)
        var released: [EventBatch] = []
        buffer.drain(from: &next, into: &released)

        #expect(released.map(\.numbers) == [[3, 4, 5], [6, 7]])
        #expect(released.last?.events == .clock([Clock(time: Timestamp(6)), Clock(time: Timestamp(7))]))
    }

    @Test func `the same message twice is a duplicate, another one with its numbers a contradiction`() {
        var buffer = GapBuffer(capacity: 8)
        var other = Sample.batch(3)
        other.events = .clock([Clock(time: Timestamp(99))])

        #expect(buffer.insert(Sample.batch(3)) == .stored)
        #expect(buffer.insert(Sample.batch(3)) == .duplicate)
        #expect(buffer.insert(other) == .contradiction)
    }

    @Test func `a full buffer refuses`() {
        var buffer = GapBuffer(capacity: 2)
        _ = buffer.insert(Sample.batch(3))
        _ = buffer.insert(Sample.batch(5))

        #expect(buffer.insert(Sample.batch(7)) == .full)
        #expect(buffer.count == 2)
    }
}
