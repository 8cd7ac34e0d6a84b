import Handover
import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// The engine's loop: questions are answered beside records, and so many that take long.
@Suite struct EnginePumpTests {
    @Test func `more long questions than may wait are refused as busy, all others are answered`() async throws {
        var market = try SmallMarket()
        market.deposit(1, 60_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(-20, of: SmallMarket.farCall, at: Price(60_000))
        let levels = Query.liquidationLevelsQuery(
            LiquidationLevelsQuery(pool: SmallMarket.pool, version: ParameterVersion(0)))
        let expected = market.ask(levels)

        let replies = try await Self.replies(to: Array(repeating: levels, count: 24), after: market.records)

        let busy = replies.filter { reply in
            guard case .queryError(let error)? = reply.answers.first else { return false }
            return error.fault == .busy
        }
        #expect((1...8).contains(busy.count), "\(busy.count) refused")
        for reply in replies where reply.answers.count == 2 { #expect(reply.answers.first == expected) }
        #expect(replies.count { $0.answers.count == 2 } == 24 - busy.count)
    }

    /// Folds records on the pump's own thread, then asks everything at once.
    private static func replies(to queries: [Query], after records: [EventRecord]) async throws -> [QueryReply] {
        let executor = try ThreadExecutor(name: "pump")
        defer { executor.stop() }
        let parameters = try SmallMarket.parameters()
        var engine = try ShardedEngine(shardCount: 1, log: LogID(1), first: executor) { share in
            EngineState(share: share, parameters: parameters)
        }
        _ = await engine.fold(records)
        var inlet = Ring<EventRecord>(capacity: 4, work: executor.doorbell)
        var questions = Ring<QueryTicket>(capacity: 64, work: executor.doorbell)
        let producer = inlet.takeProducer()
        var asker = questions.takeProducer()
        for (number, query) in queries.enumerated() {
            let isTaken = asker.push(QueryTicket(number: UInt64(number), query: query))
            #expect(isTaken)
        }
        let pump = EnginePump(
            engine, records: inlet.takeConsumer(), questions: questions.takeConsumer(), on: executor)
        let (stream, continuation) = AsyncStream.makeStream(of: QueryReply.self)
        async let worked: Void = pump.run(into: ReplyStream(continuation: continuation))
        var replies: [QueryReply] = []
        for await reply in stream {
            replies.append(reply)
            if replies.count == queries.count { break }
        }
        _ = consume producer
        await worked
        return replies
    }
}

/// Hands replies to whoever waits for them.
private struct ReplyStream: EngineOutlet, ~Copyable {
    let continuation: AsyncStream<QueryReply>.Continuation

    mutating func take(_ batch: SignalBatch) {}
    mutating func take(_ reply: QueryReply) { continuation.yield(reply) }
}
