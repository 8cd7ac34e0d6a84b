import Handover
import MarginDomain
import Testing
import ZeroMQ

@testable import MarginPublisher

@Suite struct PublisherTests {
    private let context: ZeroMQContext
    private let surroundings = Surroundings()
    private let publisher: Publisher
    private let endpoints: BoundEndpoints

    init() async throws {
        context = try ZeroMQContext()
        let anywhere = "tcp://127.0.0.1:*"
        var configuration = PublisherConfiguration(
            signals: "tcp://127.0.0.1:*", states: anywhere, queries: anywhere)
        (configuration.signalsJSON, configuration.statesJSON) = ("inproc://signals", "inproc://states")
        configuration.heartbeatInterval = .milliseconds(5)
        publisher = try Publisher(configuration, from: Sample.start(epoch: 3), in: context)
        endpoints = try await publisher.boundEndpoints()
    }

    @Test func `a signal reaches its subscribers when its record is committed`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        var subscriber = try Client(subscribingTo: "", at: try #require(endpoints.signals), in: context)
        _ = try await subscriber.heartbeat { _ in true }

        push(.batch(Sample.batch(upTo: 10, signals: [Sample.signal(1)])), to: &inlet)
        let heartbeat = try await subscriber.heartbeat { $0.record == RecordNumber(10) }
        #expect(heartbeat.signalNo == .start)
        surroundings.commit(10)
        publisher.doorbell.ring()
        let (signal, _) = try await subscriber.nextSignal()

        #expect(signal.signalNo == StreamNumber(1))
        #expect((signal.epoch, signal.committed) == (Epoch(3), true))
        let later = try await subscriber.heartbeat { _ in true }
        #expect((later.signalNo, later.committedRecord) == (StreamNumber(1), RecordNumber(10)))
        try await stop(running)
    }

    @Test(arguments: [false, true])
    func `missed signals are replayed, to askers with and without an empty frame`(isDelimited: Bool) async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        surroundings.commit(100)
        push(.batch(Sample.batch(upTo: 40, signals: (1...4).map { Sample.signal($0) })), to: &inlet)
        try await sent { $0.signals == 4 }
        var asker = try Client(askingAt: try #require(endpoints.queries), in: context)

        try asker.ask(
            .replayQuery(ReplayQuery(pool: PoolID(0), from: StreamNumber(2), to: .start)), isDelimited: isDelimited)
        let answers = try await asker.answers()

        #expect(answers.signalNumbers == [2, 3, 4])
        #expect(answers.done?.nextStreamNo == StreamNumber(5))
        try asker.ask(
            .replayQuery(ReplayQuery(pool: PoolID(0), from: StreamNumber(5), to: .start)), isDelimited: isDelimited)
        #expect(try await asker.next().dropLast() == (isDelimited ? [[], [42]] : [[42]]))
        try await stop(running)
    }

    @Test func `a late subscriber takes a snapshot and follows from its number`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        push(.batch(Sample.batch(upTo: 1, pools: [Sample.pool(1), Sample.pool(2)])), to: &inlet)
        try await sent { $0.states == 2 }
        var asker = try Client(askingAt: try #require(endpoints.queries), in: context)
        var subscriber = try Client(subscribingTo: "", at: try #require(endpoints.states), in: context)
        _ = try await subscriber.heartbeat { _ in true }

        try asker.ask(.snapshotQuery(SnapshotQuery(prefix: Symbol("pool.") ?? .empty)))
        let answers = try await asker.answers()
        push(.batch(Sample.batch(upTo: 2, pools: [Sample.pool(2, record: 2)])), to: &inlet)
        var published = try await subscriber.nextPublished()
        while case .heartbeat = published { published = try await subscriber.nextPublished() }

        #expect(answers.count == 3)
        guard case .poolState(let state) = published else {
            Issue.record("A state is published.")
            return
        }
        #expect(state.streamNo == answers.done?.nextStreamNo)
        try await stop(running)
    }

    @Test func `the JSON endpoints carry the same as text`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        var subscriber = try Client(subscribingTo: "pool.7.", at: "inproc://states", in: context)
        var heartbeats = try Client(subscribingTo: "hb.", at: "inproc://states", in: context)
        _ = try await heartbeats.next()

        push(.batch(Sample.batch(upTo: 1, pools: [Sample.pool(17), Sample.pool(7, equity: 2_500_000)])), to: &inlet)
        let frames = try await subscriber.next().map { String(decoding: $0, as: UTF8.self) }

        #expect(frames.first == "pool.7.")
        #expect(frames.last?.hasPrefix(#"{"message":"PoolState","streamNo":2,"epoch":3,"#) == true)
        #expect(frames.last?.contains(#""equity":"2.5""#) == true)
        try await stop(running)
    }

    @Test func `a question in JSON is answered in JSON, a wrong one with the field at fault`() async throws {
        let running = run()
        var asker = try Client(askingAt: try #require(endpoints.queries), in: context)

        try asker.ask(json: #"{"message":"SnapshotQuery","prefix":"hb."}"#)
        let answers = try await [asker.next(), asker.next()].map { String(decoding: $0[1], as: UTF8.self) }
        try asker.ask(json: #"{"message":"SnapshotQuery","prefix":"hb"}"#)
        let error = String(decoding: try await asker.next()[1], as: UTF8.self)

        #expect(answers[0].hasPrefix(#"{"message":"Heartbeat""#))
        #expect(answers[1].hasPrefix(#"{"message":"QueryDone""#))
        #expect(error.hasPrefix(#"{"message":"QueryError","fault":"malformed","field":"prefix""#))
        try await stop(running)
    }

    @Test func `what the engine answers comes back to the asker`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        var asker = try Client(askingAt: try #require(endpoints.queries), in: context)

        try asker.ask(.poolQuery(PoolQuery(pool: PoolID(6))))
        try await eventually { surroundings.tickets.count == 1 }
        let ticket = try #require(surroundings.tickets.first)
        let done = QueryDone(record: RecordNumber(1), committed: .start, count: 1, nextStreamNo: .start)
        push(
            .reply(QueryReply(number: ticket.number, answers: [.poolState(Sample.pool(6)), .queryDone(done)])),
            to: &inlet)

        #expect(try await asker.answers().count == 2)
        try await stop(running)
    }

    @Test func `a subscriber that does not read holds up nobody, and heals by replay`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        surroundings.commit(.max)
        let endpoint = try #require(endpoints.signals)
        var options = SocketOptions()
        options.receiveHighWaterMark = 1
        let stalled = try Socket(.sub, in: context, options: options)
        try stalled.subscribe(to: [])
        try stalled.connect(endpoint)
        var subscriber = try Client(subscribingTo: "", at: endpoint, in: context)
        _ = try await subscriber.heartbeat { _ in true }

        for number in UInt64(1)...500 {
            push(.batch(Sample.batch(upTo: number * 10, signals: [Sample.signal(number)])), to: &inlet)
        }
        try await sent { $0.signals == 500 }
        let (first, _) = try await subscriber.nextSignal()
        var asker = try Client(askingAt: try #require(endpoints.queries), in: context)
        try asker.ask(.replayQuery(ReplayQuery(pool: PoolID(0), from: first.signalNo.next, to: .start)))

        #expect(first.signalNo == StreamNumber(1))
        #expect(try await asker.answers().signalNumbers == Array(2...500))
        withExtendedLifetime(stalled.kind) {}
        try await stop(running)
    }

    @Test func `when it is stopped it sends what may leave and a last heartbeat`() async throws {
        var inlet = await publisher.makeInlet()
        let running = run()
        var subscriber = try Client(subscribingTo: "", at: try #require(endpoints.signals), in: context)
        _ = try await subscriber.heartbeat { _ in true }
        push(.batch(Sample.batch(upTo: 20, signals: [Sample.signal(1), Sample.signal(2)])), to: &inlet)
        surroundings.commit(10)

        try await stop(running)

        #expect(try await subscriber.nextSignal().signal.signalNo == StreamNumber(1))
        #expect(try await subscriber.heartbeat { $0.record == RecordNumber(20) }.committedRecord == RecordNumber(10))
    }

    private func run() -> Task<Void, any Error> {
        Task { [publisher, surroundings] in try await publisher.run(with: ListeningOutlet(surroundings: surroundings)) }
    }

    private func stop(_ running: Task<Void, any Error>) async throws {
        running.cancel()
        try await running.value
    }

    private func push(_ input: PublisherInput, to inlet: inout RingProducer<PublisherInput>) {
        let isTaken = inlet.push(input)
        #expect(isTaken)
    }

    /// Waits until the publisher has done something.
    private func sent(_ isDone: (PublisherCounters) -> Bool) async throws {
        for _ in 0..<100_000 {
            if isDone(await publisher.counters) { return }
        }
        throw Client.Overdue()
    }

    private func eventually(_ isDone: () -> Bool) async throws {
        for _ in 0..<100_000 {
            if isDone() { return }
            // A call to the actor is answered between two of its rounds, so each look is at least one round later.
            _ = await publisher.counters
        }
        throw Client.Overdue()
    }
}
