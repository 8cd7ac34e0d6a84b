import MarginDomain
import Testing

@testable import MarginPublisher

@Suite struct ReplayTests {
    private var publisher = PublisherUnderTest()

    init() {
        var configuration = PublisherConfiguration()
        configuration.retainedSignalsMax = 6
        publisher = PublisherUnderTest(configuration)
        // Of eight signals the last six are kept: pool 1 has the odd ones, pool 2 the even ones.
        publisher.send((1...8).map { Sample.signal($0, pool: $0 % 2 == 1 ? 1 : 2, poolNumber: ($0 + 1) / 2) })
    }

    @Test(
        arguments: [
            (4, 6, [4, 5, 6], 7), (7, 0, [7, 8], 9), (3, 99, [3, 4, 5, 6, 7, 8], 9), (9, 0, [], 9),
        ] as [(UInt64, UInt64, [UInt64], UInt64)])
    func `a range comes back, and where to go on`(from: UInt64, to: UInt64, numbers: [UInt64], next: UInt64) throws {
        var publisher = publisher
        let answers = try publisher.answers(to: replay(from, to))

        #expect(answers.signalNumbers == numbers)
        #expect(answers.done?.count == UInt64(numbers.count))
        #expect(answers.done?.nextStreamNo == StreamNumber(next))
        #expect(answers.done?.committed == RecordNumber(80))
    }

    @Test(arguments: [(2, 0, [3, 5, 7], 5), (3, 3, [5], 4), (5, 0, [], 5)] as [(UInt64, UInt64, [UInt64], UInt64)])
    func `a pool's range is by the pool's own numbers`(
        from: UInt64, to: UInt64, numbers: [UInt64], next: UInt64
    ) throws {
        var publisher = publisher
        let answers = try publisher.answers(to: replay(from, to, pool: 1))

        #expect(answers.signalNumbers == numbers)
        #expect(answers.done?.nextStreamNo == StreamNumber(next))
    }

    @Test(
        arguments: [
            (2, 0, 0, "from", .outOfRange), (0, 0, 0, "from", .outOfRange), (10, 0, 0, "from", .outOfRange),
            (5, 4, 0, "to", .outOfRange), (1, 0, 1, "from", .outOfRange), (1, 0, 77, "pool", .unknownPool),
        ] as [(UInt64, UInt64, UInt64, String, QueryFault)])
    func `a range that cannot be had names the field`(
        from: UInt64, to: UInt64, pool: UInt64, field: String, fault: QueryFault
    ) throws {
        var publisher = publisher
        let error = try publisher.answers(to: replay(from, to, pool: pool)).error

        #expect(error?.fault == fault)
        #expect(error?.field.description == field)
    }

    @Test func `a slow asker is served at its own pace, and others meanwhile`() throws {
        var publisher = publisher
        _ = try publisher.ask(replay(3, 0), request: [1])
        _ = try publisher.ask(replay(3, 4), request: [2])
        var fast: [Answer] = []
        _ = publisher.sendAnswers { asker, answer in
            if asker.request == [1] { return .full }
            fast.append(answer)
            return .sent
        }
        #expect(fast.signalNumbers == [3, 4])

        #expect(publisher.answers().signalNumbers == [3, 4, 5, 6, 7, 8])
    }

    @Test func `an asker that makes no room in time is given up, and one that is gone at once`() throws {
        var publisher = publisher
        _ = try publisher.ask(replay(3, 0))
        _ = publisher.sendAnswers { _, _ in .full }
        publisher.now = publisher.now.advanced(by: .seconds(6))
        _ = publisher.sendAnswers { _, _ in .full }
        _ = try publisher.ask(replay(3, 0))
        _ = publisher.sendAnswers { _, _ in .gone }

        #expect(publisher.state.answering.isEmpty)
        #expect(publisher.state.counters.abandoned == 2)
    }

    private func replay(_ from: UInt64, _ to: UInt64, pool: UInt64 = 0) -> Query {
        .replayQuery(ReplayQuery(pool: PoolID(pool), from: StreamNumber(from), to: StreamNumber(to)))
    }
}
