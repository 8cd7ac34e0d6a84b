import MarginDomain
import Testing

@testable import MarginFeed

@Suite struct FeedSilenceTests {
    @Test func `a source that falls silent is recorded once, and again when it comes back`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))

        feed.pass(milliseconds: 300)
        #expect(feed.effects.batches.reasons.isEmpty)
        feed.pass(milliseconds: 1000)
        feed.receive(Sample.heartbeat(next: 2))

        #expect(feed.effects.batches.reasons == [.heartbeatMissed, .resumed])
        #expect(feed.state.counters.silences == 1)
    }

    @Test func `heartbeats keep a source alive and are not handed on`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))
        for _ in 0..<20 {
            feed.pass(milliseconds: 100)
            feed.receive(Sample.heartbeat(next: 2))
        }

        #expect(feed.effects.batches.count == 1)
        #expect(feed.state.counters.heartbeats == 20)
    }

    @Test func `a feed that was held up itself does not call its sources silent`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1))

        feed.stall(milliseconds: 60_000)

        #expect(feed.effects.batches.reasons.isEmpty)
    }

    @Test func `the engine's own records are numbered without a hole and never move time`() {
        var feed = FeedUnderTest(from: FeedStart(epoch: Epoch(3)))
        feed.receive(Sample.batch(1, sendingTime: 500))
        feed.pass(milliseconds: 1000)
        feed.state.inject(.clock([Clock(time: .zero), Clock(time: .zero)]), into: &feed.effects)
        feed.receive(Sample.heartbeat(next: 2))

        let own = feed.effects.batches.filter { $0.header.source == .engine }

        #expect(own.map(\.header.firstSequence) == [1, 2, 4].map { SequenceNumber($0) })
        #expect(own.allSatisfy { $0.header.sendingTime == Timestamp(500) && $0.header.epoch == Epoch(3) })
    }

    @Test func `after a restart a source counts as silent until it is heard, and goes on where the log ended`() {
        var start = FeedStart(epoch: Epoch(2))
        start.note(Sample.batch(1, count: 5))
        var feed = FeedUnderTest(from: start)
        #expect(feed.effects.batches.reasons == [.heartbeatMissed])

        feed.receive(Sample.batch(6))

        #expect(feed.effects.batches.numbers() == [6])
        #expect(feed.effects.batches.reasons == [.heartbeatMissed, .resumed])
    }

    @Test func `the report says how every source stands`() {
        var feed = FeedUnderTest()
        feed.receive(Sample.batch(1, source: SourceID(9), sendingTime: 100))
        feed.receive(Sample.batch(1, source: SourceID(8), sendingTime: 40))
        feed.receive(Sample.batch(5, source: SourceID(8), sendingTime: 41))

        let sources = feed.state.report().sources

        #expect(sources.map(\.source) == [SourceID(8), SourceID(9)])
        #expect(sources.map(\.status) == [.untrusted, .trusted])
        #expect(sources.map(\.lastSequence) == [SequenceNumber(1), SequenceNumber(1)])
        #expect(sources.map(\.age) == [Duration64(59), Duration64(0)])
    }
}
