import MarginDomain
public import ZeroMQ

/// A consumer of signals as an exchange would run one: it misses none, claims liquidations, and trades their plans.
///
/// It also stands for the owners, of whom some pay in when called. An actor, because it owns sockets; it needs a
/// thread of its own, given as an executor. What it does ``BotState`` decides.
public actor LiquidationBot {
    private nonisolated let executor: any SerialExecutor
    /// The thread that it lives on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    private let desk: ExchangeDesk
    private var sockets: BotSockets
    private var state: BotState
    private var schedule: PaceSchedule?
    private var isStopping = false

    private static let messagesPerTurn = 256
    private static let waitMilliseconds = 10

    /// Connects; nothing is received before ``run()``.
    ///
    /// - Parameter executor: a thread of its own, for as long as the bot lives.
    public init(
        _ configuration: BotConfiguration, desk: ExchangeDesk, in context: ZeroMQContext,
        on executor: any SerialExecutor
    ) throws(ExchangeError) {
        self.desk = desk
        self.executor = executor
        sockets = try BotSockets(configuration, in: context)
        state = BotState(name: configuration.name, claimFor: configuration.claimFor)
    }

    /// What it saw and did so far.
    public var report: BotReport { state.report }

    /// Ends ``run()`` after the errands at hand.
    public func stop() { isStopping = true }

    /// Works until ``stop()`` or until its task is cancelled.
    public func run() async throws(ExchangeError) {
        while !isStopping, !Task.isCancelled {
            if schedule == nil { schedule = await desk.schedule() }
            if try !receive() { try sockets.wait(milliseconds: Self.waitMilliseconds) }
            while let errand = state.nextErrand() { try await run(errand) }
            await Task.yield()
        }
    }
}

extension LiquidationBot {
    /// Takes what waits, a bounded number of each kind, and returns whether there was anything.
    private func receive() throws(ExchangeError) -> Bool {
        var count = 0
        while count < Self.messagesPerTurn, let arrival = try sockets.nextPublished() {
            take(arrival)
            count += 1
        }
        while count < 2 * Self.messagesPerTurn, let arrival = try sockets.nextAnswer() {
            take(arrival)
            count += 1
        }
        return count > 0
    }

    private func take(_ arrival: BotSockets.Arrival) {
        switch arrival {
        case .published(let message):
            if case .signal(let signal) = message { measure(signal) }
            state.receive(message)
        case .answered(let answer, let request): state.receive(answer, to: request)
        case .unreadable: state.noteUnreadable()
        }
    }

    /// Only prices come at scheduled times; trades and cash come in between.
    private func measure(_ signal: Signal) {
        guard let schedule, signal.cause == .price || signal.cause == .volatility else { return }
        let latency = schedule.due(signal.eventTime).duration(to: .now)
        state.note(latency: Duration64(Int64(latency / .nanoseconds(1))))
    }

    private func run(_ errand: BotErrand) async throws(ExchangeError) {
        switch errand {
        case .ask(let request, let query): try sockets.ask(query, as: request)
        case .trade(let pool):
            while let order = state.nextOrder(of: pool) {
                state.note(await desk.execute(order), of: order)
                // Signals that arrive while the exchange trades are not kept waiting, and may change the plan.
                _ = try receive()
            }
        case .pay(let deposit):
            if await desk.deposit(deposit) { state.notePaid(deposit) }
        }
    }
}
