import Foundation
import Handover
import Logging
import MarginConsole
import MarginDomain
import MarginEngine
import MarginExchange
import MarginFeed
import MarginLog
import MarginPublisher
import ServiceLifecycle
import ZeroMQ

/// One demonstration: a synthetic exchange on real sockets, the engine as it would run anywhere, a bot that works its
/// signals; at the end the log is folded again, so that the summary's digest is a proved one.
struct DemoRun {
    let seconds: Int
    let accountCount: Int
    let seed: UInt64
    let shardCount: Int
    let folder: String
    let style: ConsoleStyle
    let logger: Logger

    func run() async throws -> DemoSummary {
        let context = try ZeroMQContext()
        var market = MarketScenario()
        market.duration = .seconds(Int32(seconds))
        let scenario = ExchangeScenario(market: market, accountCount: accountCount, seed: seed)
        let venue = try SyntheticExchange(scenario)
        let exchange = try ExchangePublisher(
            venue, MarginExchange.PublisherConfiguration(), in: context,
            on: ThreadExecutor(name: "exchange"))
        let engine = try await EngineOpening(
            configuration: configuration(for: exchange), context: context, logger: logger
        ).open()
        let endpoints = try await engine.publisher.boundEndpoints()
        guard let signals = endpoints.signals, let queries = endpoints.queries else {
            preconditionFailure("the demonstration's engine publishes and answers")
        }
        let bot = try LiquidationBot(
            BotConfiguration(signals: signals, queries: queries, name: Symbol(ascii: "demo-bot")), desk: exchange.desk,
            in: context, on: ThreadExecutor(name: "bot"))
        let started = ContinuousClock.now
        let figures = try await play(engine, exchange, bot)
        var summary = try await summary(figures, took: ContinuousClock.now - started)
        summary.instruments = UInt64(venue.catalogue.instruments.count)
        return summary
    }

    /// What is read off the stages before they end.
    private struct Figures {
        var counters: EngineProcess.Counters
        var states: [PoolState]
        var bot: BotReport
        var events: UInt64
    }

    /// Runs all three until the exchange's time is over, then ends them from the exchange down.
    private func play(
        _ engine: EngineProcess, _ exchange: ExchangePublisher, _ bot: LiquidationBot
    ) async throws -> Figures {
        let group = ServiceGroup(services: [engine], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { try await exchange.run() }
            tasks.addTask { try await bot.run() }
            try await showProgress(engine, exchange)
            try await drain(engine)
            let figures = Figures(
                counters: await engine.counters(), states: await engine.pump.snapshots().flatMap(\.poolStates),
                bot: await bot.report, events: await exchange.counters.events)
            await bot.stop()
            await exchange.stop()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return figures
        }
    }

    private func showProgress(_ engine: EngineProcess, _ exchange: ExchangePublisher) async throws {
        let line = ProgressLine(style)
        let end = ContinuousClock.now + .seconds(seconds + 60)
        while await !exchange.isOver, ContinuousClock.now < end {
            // WAIT: the progress line's pace; nothing depends on it.
            try await Task.sleep(for: .milliseconds(500))
            let counters = await engine.counters()
            let pools = Dictionary(uniqueKeysWithValues: await engine.poolsByState().map { ($0.state, $0.count) })
            let now = await exchange.now
            let share = Double((now - Timestamp.exampleStart).nanoseconds) / (Double(seconds) * 1e9)
            write(
                line.drawing(
                    ProgressLine.Moment(
                        share: min(max(share, 0), 1), time: now, events: UInt64(counters.engine.events),
                        evaluations: counters.merge.evaluationCount, signals: UInt64(counters.engine.signals),
                        called: UInt64(pools[.marginCall] ?? 0), liquidating: UInt64(pools[.liquidating] ?? 0))))
        }
        write(line.ending)
    }

    /// Waits until the engine has applied what the exchange sent, for a bounded time.
    private func drain(_ engine: EngineProcess) async throws {
        var previous = RecordNumber.start
        for _ in 0..<50 {
            let counters = await engine.counters()
            if counters.engine.lastRecord == previous, counters.committed >= previous { return }
            previous = counters.engine.lastRecord
            // WAIT: for the last records to go through.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    private func configuration(for exchange: ExchangePublisher) -> PlimsollConfiguration {
        var configuration = PlimsollConfiguration()
        configuration.log.directory = folder
        configuration.bus.sbe = [exchange.eventsEndpoint]
        configuration.bus.sbeRecovery = [exchange.recoveryEndpoint]
        let any = "tcp://127.0.0.1:*"
        configuration.signals = PlimsollConfiguration.EndpointPair(sbe: any, json: any)
        configuration.state.endpoints = PlimsollConfiguration.EndpointPair(sbe: any, json: any)
        configuration.queryEndpoint = any
        configuration.shardCount = shardCount
        return configuration
    }

    /// Folds the log again and puts everything together.
    private func summary(_ figures: Figures, took: Duration) async throws -> DemoSummary {
        var summary = DemoSummary()
        var digest = SignalDigest()
        var kinds: [SignalKind: UInt64] = [:]
        let reader = try LogReader(directory: folder)
        var fold = try LogFold(
            shardCount: 1, log: reader.log, on: ThreadExecutor(name: "proof"), display: DisplayRules())
        try await fold.fold(reader) { batch in
            try digest.add(batch.signals)
            for signal in batch.signals { kinds[signal.kind, default: 0] += 1 }
        }
        summary.seconds = took / .seconds(1)
        summary.accounts = UInt64(accountCount)
        summary.pools = UInt64(figures.states.count)
        summary.eventsIn = UInt64(fold.eventCount)
        summary.records = fold.lastRecord.rawValue
        summary.evaluations = figures.counters.merge.evaluationCount
        summary.deadLetters = figures.counters.feed.refused
        summary.signals = UInt64(digest.count)
        summary.countKinds(kinds)
        summary.countStates(Dictionary(figures.states.map { ($0.state, 1) }, uniquingKeysWith: +))
        summary.tickToSignal = LatencySummary(figures.bot.latencies)
        summary.pickWorst(of: figures.states, countMax: 8)
        summary.bot = DemoSummary.BotCounts(figures.bot)
        summary.digest = digest.text
        return summary
    }
}

extension DemoSummary.BotCounts {
    /// What the bot reports, in the summary's words.
    init(_ report: BotReport) {
        self.init()
        signals = report.signals
        calls = report.calls
        plans = report.plans
        cures = report.cures
        slicesFilled = report.slicesFilled
        slicesRefused = report.slicesRefused
        deposits = report.deposits
        deposited = Double(report.deposited.quanta) / Double(Value.perDollar)
        gaps = report.gaps
        replayed = report.replayed
        duplicates = report.duplicates
    }
}
