import Handover
import MarginDomain
import MarginWire
import Testing
import ZeroMQ

@testable import MarginExchange

/// The engine's side of a bot's conversation: publishes signals that it is given, replays them, and grants every claim.
private actor SignalSide {
    private nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    nonisolated let signalsEndpoint: String
    nonisolated let queriesEndpoint: String

    private let signals: Socket
    private let queries: Socket
    private let history: [Signal]
    private var encoder = SBEEncoder()
    private var message = Message()
    private var multipart = Multipart()

    init(_ history: [Signal], in context: ZeroMQContext) throws {
        executor = try ThreadExecutor(name: "signals")
        let signals = try Socket(.xpub, in: context)
        try signals.bind("tcp://127.0.0.1:*")
        let queries = try Socket(.router, in: context)
        try queries.bind("tcp://127.0.0.1:*")
        signalsEndpoint = try signals.lastEndpoint
        queriesEndpoint = try queries.lastEndpoint
        self.signals = signals
        self.queries = queries
        self.history = history
    }

    deinit { executor.stop() }

    /// Waits for the bot's subscriptions, publishes what is chosen of the history, then answers so many questions.
    func serve(publishing chosen: [Int], questionCount: Int) throws {
        for _ in 0..<2 {
            try wait(signals)
            _ = try signals.tryReceive(into: &message)
        }
        for place in chosen { try publish(.signal(history[place]), topic: "sig.\(history[place].pool).") }
        for _ in 0..<questionCount { try answer() }
    }

    private func publish(_ message: OutboundMessage, topic: String) throws {
        try encoder.encode(message)
        try signals.send(frames: [Array(topic.utf8), encoder.frame])
    }

    private func answer() throws {
        try wait(queries)
        let hasReceived = try queries.tryReceive(into: &multipart, reusing: &message, frameCountMax: 4)
        try #require(hasReceived && multipart.frameCount == 4)
        let head = (0..<3).map { multipart.copyOfFrame($0) }
        let answers: [Answer] =
            switch try SBEDecoder.decodeQuery(multipart.frame(3)) {
            case .replayQuery(let asked):
                history.filter { $0.signalNo >= asked.from && $0.signalNo <= asked.to }.map { .signal($0) }
            case .claimQuery(let asked):
                [
                    .claimAnswer(
                        ClaimAnswer(
                            record: asked.record, pool: asked.pool, ordinal: asked.ordinal, granted: true,
                            holder: asked.consumer, until: .exampleStart + asked.holdFor))
                ]
            default: []
            }
        let done = QueryDone(record: .start, committed: .start, count: UInt64(answers.count), nextStreamNo: .start)
        for answer in answers + [.queryDone(done)] {
            try encoder.encode(answer)
            try queries.send(frames: head + [encoder.frame])
        }
    }

    private func wait(_ socket: borrowing Socket) throws {
        var poller = Poller()
        _ = poller.watch(socket)
        let readyCount = try poller.wait(timeoutMilliseconds: 20_000)
        try #require(readyCount == 1, "the bot said nothing")
    }
}

/// The exchange's side: fills every order, and tells what they were.
private actor OrderSide {
    private(set) var orders: [LiquidationOrder] = []

    func fill(_ order: LiquidationOrder) -> LiquidationFill {
        orders.append(order)
        return .filled(quantity: order.quantity, price: Price(1), time: .exampleStart + .seconds(1))
    }

    nonisolated var desk: ExchangeDesk {
        ExchangeDesk(execute: { await self.fill($0) }, deposit: { _ in true }, schedule: { nil })
    }
}

@Suite struct LiquidationBotTests {
    @Test func `a bot recovers a missed plan, claims it, and trades it`() async throws {
        let context = try ZeroMQContext()
        let plan = signal(
            2, pool: 20_000, kind: .liquidationPlan, state: .liquidating,
            steps: [slice(InstrumentID(30_001), account: 0)])
        let engine = try SignalSide([signal(1, pool: 1), plan, signal(3, pool: 3)], in: context)
        let exchange = OrderSide()
        let thread = try ThreadExecutor(name: "bot")
        let name = try #require(Symbol("bot"))
        let bot = try LiquidationBot(
            BotConfiguration(signals: engine.signalsEndpoint, queries: engine.queriesEndpoint, name: name),
            desk: exchange.desk, in: context, on: thread)

        let report = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bot.run() }
            // The replay, the claim and the acknowledgement.
            let served = await Result.of { try await engine.serve(publishing: [0, 2], questionCount: 3) }
            await bot.stop()
            try await group.waitForAll()
            try served.get()
            return await bot.report
        }
        thread.stop()

        #expect(await exchange.orders.map(\.quantity) == [Quantity(-5)])
        #expect(report.signals == 3 && report.replayed == 1 && report.gaps == 1)
        #expect(report.claimsGranted == 1 && report.slicesFilled == 1)
    }
}

extension Result where Success == Void, Failure == any Error {
    /// What became of some work, so that what must follow follows in any case.
    fileprivate static func of(_ work: () async throws -> Void) async -> Self {
        do {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }
}
