import Handover
import MarginDomain
import MarginWire
import Testing
import ZeroMQ

@testable import MarginFeed

@Suite struct FeedTests {
    private let context: ZeroMQContext
    private let recorder = Recorder()

    init() throws { context = try ZeroMQContext() }

    @Test func `a malformed frame becomes a dead letter, and the next good one arrives`() async throws {
        var publisher = try ReferencePublisher(in: context)
        let feed = try feed(from: publisher.endpoint)
        let running = run(feed)
        try await publisher.awaitSubscriber()

        try publisher.publish(Sample.batch(1))
        try publisher.sendRaw([Array("ctl.".utf8), [1, 2, 3]])
        try publisher.sendRaw([Array("ctl.".utf8)])
        try publisher.sendRaw([Array("ctl.".utf8), [], []])
        try publisher.publish(Sample.batch(2))
        try await publisher.serve { try arrived([1, 2]) }

        #expect(
            recorder.letters.map(\.reason) == [
                "the frame has 3 bytes where 8 are needed",
                "A message has two frames, topic and body; this one has 1.",
                "A message has two frames, topic and body; this one has 3.",
            ])
        #expect(recorder.letters.first?.body == [1, 2, 3])
        #expect(await feed.counters.refused == 3)
        try await stop(running)
    }

    @Test(arguments: [FeedEncoding.sbe, .json])
    func `a gap is replayed`(encoding: FeedEncoding) async throws {
        var publisher = try ReferencePublisher(encoding, in: context)
        let feed = try feed(from: publisher.endpoint)
        let running = run(feed)
        try await publisher.awaitSubscriber()

        try publisher.publish(Sample.batch(1))
        publisher.lose(Sample.batch(2, count: 3))
        try publisher.publish(Sample.batch(5))
        publisher.lose(Sample.batch(6))
        try await publisher.serve { try arrived([1, 2, 3, 4, 5, 6]) }

        #expect(recorder.batches.reasons.filter { $0 != .heartbeatMissed }.prefix(2) == [.gap, .resumed])
        try await stop(running)
    }

    @Test func `one that comes late takes a snapshot first`() async throws {
        var publisher = try ReferencePublisher(in: context)
        for first in UInt64(1)...3 { publisher.lose(Sample.batch(first)) }
        let feed = try feed(from: publisher.endpoint)
        let running = run(feed)
        try await publisher.awaitSubscriber()

        try publisher.publish(Sample.batch(4))
        try await publisher.serve { try arrived([1, 2, 3, 4]) }

        #expect(await feed.counters.snapshotRequests >= 1)
        try await stop(running)
    }

    @Test func `an oversized frame costs a connection, and nothing that can be replayed`() async throws {
        var publisher = try ReferencePublisher(in: context)
        let feed = try feed(from: publisher.endpoint)
        let running = run(feed)
        try await publisher.awaitSubscriber()

        try publisher.publish(Sample.batch(1))
        try await publisher.serve { try arrived([1]) }
        try publisher.sendRaw([Array("ctl.".utf8), [UInt8](repeating: 0, count: EngineLimits.frameBytesMax + 1)])
        try publisher.publish(Sample.batch(2))
        try await publisher.serve { try arrived([1, 2]) }

        #expect(await feed.counters.revivals == 1)
        try await stop(running)
    }

    @Test func `events of other stages join the stream as the engine's own`() async throws {
        var publisher = try ReferencePublisher(in: context)
        let feed = try feed(from: publisher.endpoint)
        var inlet = await feed.makeInlet(capacity: 4)
        let running = run(feed)

        let isTaken = inlet.push(.clock([Clock(time: .zero), Clock(time: .zero)]))
        let isNextTaken = inlet.push(.clock([Clock(time: .zero)]))
        #expect(isTaken && isNextTaken)
        try await publisher.serve { recorder.batches.count >= 2 }

        #expect(recorder.batches.numbers(of: .engine) == [1, 2, 3])
        try await stop(running)
    }

    @Test func `publishers may connect to a feed that binds`() async throws {
        var publisher = try ReferencePublisher(in: context)
        let feed = try feed(
            from: FeedEndpoint(
                events: "tcp://127.0.0.1:*", attachment: .bind, recovery: publisher.endpoint.recovery))
        let events = try Socket(.xpub, in: context)
        let endpoint = try #require(try await feed.boundEndpoints().first)
        try events.connect(endpoint)
        let running = run(feed)
        var encoder = SBEEncoder()
        try encoder.encode(Sample.batch(1))
        // Sent again and again, since the first ones may leave before the feed has subscribed.
        try await publisher.serve {
            try events.send(frames: [Array("ctl.".utf8), encoder.frame])
            return try arrived([1])
        }

        try await stop(running)
    }

    @Test func `a feed whose outlet is closed ends with the outlet's reason`() async throws {
        var publisher = try ReferencePublisher(in: context)
        let feed = try feed(from: publisher.endpoint)
        let running = Task { () async -> FeedError? in
            do throws(FeedError) { try await feed.run(into: ClosedOutlet()) } catch { return error }
            return nil
        }
        try await publisher.awaitSubscriber()
        try publisher.publish(Sample.batch(1))

        #expect(await running.value == .outletClosed("The disk is full."))
    }

    private func feed(from endpoint: FeedEndpoint) throws -> Feed {
        var configuration = FeedConfiguration(endpoints: [endpoint])
        // A busy machine may keep the test's publisher waiting; giving up is what FeedRecoveryTests is about.
        configuration.recoveryPatience = .seconds(60)
        return try Feed(configuration, from: FeedStart(epoch: Epoch(1)), in: context)
    }

    private func run(_ feed: Feed) -> Task<Void, any Error> {
        Task { [recorder] in try await feed.run(into: RecordingOutlet(recorder: recorder)) }
    }

    private func stop(_ running: Task<Void, any Error>) async throws {
        running.cancel()
        try await running.value
    }

    /// Whether exactly these entries have come, in this order; fails if others have.
    private func arrived(_ numbers: [UInt64]) throws -> Bool {
        let arrived = recorder.batches.numbers()
        try #require(numbers.starts(with: arrived))
        return arrived.count == numbers.count
    }
}
