import MarginDomain
import Testing

@testable import MarginFeed

@Suite struct FeedRecoveryTests {
    @Test func `a gap makes the source untrusted until the replay has filled it`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.batch(4))
        feed.pass(milliseconds: 50)
        #expect(feed.questions == [replay(1, 2, 3)])

        feed.answer(Sample.batch(2, count: 2))
        feed.finish(next: 4)

        #expect(feed.effects.batches.numbers() == [1, 2, 3, 4])
        #expect(feed.effects.batches.reasons == [.gap, .resumed])
        #expect(feed.effects.batches.last?.silence?.lastSequence == SequenceNumber(4))
        #expect(feed.state.counters.gaps == 1)
    }

    @Test func `a lost tail is asked for when the heartbeat comes`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.heartbeat(next: 3))
        feed.pass(milliseconds: 50)

        #expect(feed.questions == [replay(1, 2, 2)])
    }

    @Test func `a long gap is replayed piece by piece`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.heartbeat(next: 5000))
        feed.pass(milliseconds: 50)
        feed.answer(Sample.batch(2, count: 4096))
        feed.finish(next: 4098)

        #expect(feed.questions == [replay(1, 2, 4097), replay(2, 4098, 4999)])
    }

    @Test func `what the publisher has not kept is asked for as a snapshot`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.batch(9))
        feed.pass(milliseconds: 50)
        feed.finish(next: 5, complete: false)
        #expect(feed.questions.last == snapshot(2))

        feed.answer(Sample.batch(6))
        feed.finish(next: 9)

        #expect(feed.effects.batches.numbers() == [1, 6, 9])
        // What waited for the snapshot moves time as well: the resumption is recorded at its sending time.
        #expect(feed.effects.batches.last?.header.sendingTime == Timestamp(9))
        #expect(feed.effects.batches.reasons == [.gap, .resumed])
    }

    @Test func `replays that bring nothing end in a snapshot`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.batch(3))
        for _ in 0..<3 {
            feed.pass(milliseconds: 250)
            feed.finish(next: 3)
        }
        feed.pass(milliseconds: 250)

        #expect(feed.questions == [replay(1, 2, 2), replay(2, 2, 2), replay(3, 2, 2), snapshot(4)])
    }

    @Test func `a question that is not answered is given up with its connection and asked again`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.batch(3))
        feed.pass(milliseconds: 1500)

        #expect(feed.hangUpCount == 1)
        #expect(feed.state.counters.unanswered == 1)
        #expect(feed.questions == [replay(1, 2, 2), replay(2, 2, 2)])
    }

    @Test func `an answer that keeps coming is waited for`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.heartbeat(next: 10))
        feed.pass(milliseconds: 50)
        for first in UInt64(1)...9 {
            feed.pass(milliseconds: 900)
            feed.answer(Sample.batch(first))
        }
        feed.finish(next: 10)

        #expect(feed.hangUpCount == 0)
        #expect(feed.effects.batches.numbers() == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    }

    @Test func `sources of one endpoint are asked for one after the other`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.heartbeat(next: 2, source: SourceID(1)))
        feed.receive(Sample.heartbeat(next: 2, source: SourceID(2)))
        feed.pass(milliseconds: 50)
        #expect(feed.questions.count == 1)

        feed.answer(Sample.batch(1, source: SourceID(1)))
        feed.finish(next: 2)
        feed.answer(Sample.batch(1, source: SourceID(2)))
        feed.finish(next: 2)

        #expect(feed.effects.batches.numbers(of: SourceID(1)) == [1])
        #expect(feed.effects.batches.numbers(of: SourceID(2)) == [1])
        #expect(feed.state.report().sources.allSatisfy { $0.status == .trusted })
    }

    @Test func `an end that nobody asked for changes nothing`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.heartbeat(next: 9))
        feed.pass(milliseconds: 50)
        let done = BusRecoveryDone(
            request: RequestID(77), source: Sample.source, epoch: Epoch(1), nextSequence: SequenceNumber(9),
            complete: true)
        feed.state.finish(done, on: 0, now: feed.now, into: &feed.effects)

        #expect(feed.state.report().sources.first?.status == .untrusted)
    }

    @Test func `another message with the same numbers becomes a dead letter`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        feed.receive(Sample.batch(5))
        var other = Sample.batch(5)
        other.events = .clock([Clock(time: Timestamp(-1))])
        feed.receive(other)

        #expect(
            feed.effects.letters.map(\.reason) == [
                "firstSequence: source 7 sent another message with the number 5 before."
            ])
    }

    private func replay(_ request: UInt64, _ from: UInt64, _ to: UInt64) -> RecoveryMessage {
        .busReplayRequest(
            BusReplayRequest(
                request: RequestID(request), source: Sample.source, epoch: Epoch(1), from: SequenceNumber(from),
                to: SequenceNumber(to)))
    }

    private func snapshot(_ request: UInt64) -> RecoveryMessage {
        .busSnapshotRequest(BusSnapshotRequest(request: RequestID(request), source: Sample.source))
    }
}
