import MarginDomain
import MarginWire
import Testing

@testable import MarginPublisher

@Suite struct QueryTests {
    private var publisher = PublisherUnderTest()

    @Test mutating func `a snapshot of a family is the newest of each, with the number to follow from`() throws {
        give(pools: [Sample.pool(3, equity: 1), Sample.pool(4), Sample.pool(3, equity: 2)])

        let answers = try publisher.answers(to: snapshot("pool."))

        #expect(answers.count == 3)
        guard case .poolState(let first) = answers[0] else {
            Issue.record("A snapshot of pools begins with a pool.")
            return
        }
        #expect((first.pool, first.equity, first.streamNo) == (PoolID(3), Value(2), StreamNumber(3)))
        #expect(answers.done?.count == 2)
        #expect(answers.done?.nextStreamNo == StreamNumber(4))
    }

    @Test mutating func `a snapshot of one topic is that one, or none`() throws {
        give(pools: [Sample.pool(3), Sample.pool(4)])

        #expect(try publisher.answers(to: snapshot("pool.4.")).count == 2)
        #expect(try publisher.answers(to: snapshot("pool.5.")).done?.count == 0)
        #expect(try publisher.answers(to: snapshot("map.1.")).done?.count == 0)
    }

    @Test mutating func `a snapshot of signals is the last of each pool`() throws {
        publisher.send([Sample.signal(1, pool: 1), Sample.signal(2, pool: 2), Sample.signal(3, pool: 1)])

        #expect(try publisher.answers(to: snapshot("sig.")).signalNumbers == [3, 2])
        #expect(try publisher.answers(to: snapshot("sig.2.")).signalNumbers == [2])
    }

    @Test mutating func `a prefix that is none is refused by name`() throws {
        let error = try publisher.answers(to: snapshot("pool")).error

        #expect(error?.fault == .malformed)
        #expect(error?.field.description == "prefix")
    }

    @Test mutating func `what the engine must answer goes out as a ticket and comes back stamped`() throws {
        publisher.committed = RecordNumber(5)
        let query = Query.poolQuery(PoolQuery(pool: PoolID(3)))
        #expect(try publisher.ask(query) == .ask(QueryTicket(number: 1, query: query)))
        #expect(publisher.answers().isEmpty)

        let done = QueryDone(record: RecordNumber(6), committed: .start, count: 1, nextStreamNo: .start)
        let reply = QueryReply(number: 1, answers: [.poolState(Sample.pool(3, record: 6)), .queryDone(done)])
        publisher.state.take(.reply(reply), now: publisher.now)
        let answers = publisher.answers()

        guard case .poolState(let pool) = answers.first else {
            Issue.record("The engine's answer is passed on.")
            return
        }
        #expect(pool.epoch == Epoch(1))
        #expect(pool.committed == false)
        #expect(answers.done?.committed == RecordNumber(5))
    }

    @Test mutating func `a ticket that nobody takes or answers ends in an error`() throws {
        _ = try publisher.ask(.poolQuery(PoolQuery(pool: PoolID(3))))
        publisher.state.refuseBusy(1, now: publisher.now)
        #expect(publisher.answers().error?.fault == .busy)

        _ = try publisher.ask(.poolQuery(PoolQuery(pool: PoolID(3))))
        publisher.now = publisher.now.advanced(by: .seconds(6))
        let forgotten = publisher.state.settle(committed: publisher.committed, now: publisher.now)
        #expect(forgotten == [QueryTicket(forgotten: 2)])
        #expect(publisher.answers().error?.fault == .notAvailable)
    }

    @Test func `more open queries than the limit are refused as busy`() throws {
        var configuration = PublisherConfiguration()
        configuration.openQueriesMax = 1
        var publisher = PublisherUnderTest(configuration)
        _ = try publisher.ask(.poolQuery(PoolQuery(pool: PoolID(3))))
        _ = try publisher.ask(.poolQuery(PoolQuery(pool: PoolID(4))))

        #expect(publisher.answers().error?.fault == .busy)
    }

    @Test mutating func `a body that is no query is refused with the field at fault`() {
        let json = Array(#"{"message":"PoolQuery","pol":3}"#.utf8)
        _ = publisher.state.receive([[9], [1], json], now: publisher.now)
        _ = publisher.state.receive([[9], [1], [1, 2, 3]], now: publisher.now)

        let errors = publisher.answers()

        #expect(errors.map { [$0].error?.fault } == [.malformed, .malformed])
        #expect(errors.map { [$0].error?.field.description } == ["pool", "body"])
    }

    private func snapshot(_ prefix: String) -> Query {
        .snapshotQuery(SnapshotQuery(prefix: Symbol(prefix) ?? .empty))
    }

    private mutating func give(pools: [PoolState]) {
        publisher.state.take(.batch(Sample.batch(upTo: 1, pools: pools)), now: publisher.now)
        _ = publisher.state.takeStates(committed: .start)
    }
}

@Suite struct QueryEnvelopeTests {
    @Test func `with and without an empty frame a question is the same`() throws {
        let plain = try QueryEnvelope(frames: [[9], [1, 2], [0x7b]])
        let delimited = try QueryEnvelope(frames: [[9], [], [1, 2], [0]])

        #expect(plain.asker == Asker(identity: [9], hasDelimiter: false, request: [1, 2], encoding: .json))
        #expect(delimited.asker == Asker(identity: [9], hasDelimiter: true, request: [1, 2], encoding: .sbe))
        #expect(plain.body == [0x7b])
    }

    @Test(arguments: [[[9]], [[9], [1]], [[9], [1], [2], [3]], [[9], [], [1]]] as [[[UInt8]]])
    func `another number of frames is refused`(frames: [[UInt8]]) {
        #expect(throws: QueryRefusal.self) { try QueryEnvelope(frames: frames) }
    }

    @Test func `a request id that is too long is refused`() {
        #expect(throws: QueryRefusal.self) { try QueryEnvelope(frames: [[9], [UInt8](repeating: 1, count: 65), [0]]) }
    }
}
