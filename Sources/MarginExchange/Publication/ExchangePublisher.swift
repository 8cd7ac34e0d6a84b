public import MarginDomain
public import ZeroMQ

/// The synthetic exchange on real sockets: publishes its stream at the pace of a clock, and answers who missed some.
///
/// An actor, because it owns sockets and a stream that bots change from outside; it needs a thread of its own, given
/// as an executor. What is sent ``SyntheticExchange`` decides; this shell only knows when.
public actor ExchangePublisher {
    private nonisolated let executor: any SerialExecutor
    /// The thread that it lives on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Where subscribers find the events, with the port that a `*` became.
    public nonisolated let eventsEndpoint: String
    /// Where subscribers ask for what they missed.
    public nonisolated let recoveryEndpoint: String

    private let configuration: PublisherConfiguration
    private var exchange: SyntheticExchange
    private var sender: BusSender
    private var schedule: PaceSchedule?
    private var lastSent = ContinuousClock.now
    private var hasSubscriber = false
    private var hasBegun = false
    private var isStopping = false
    /// What ended the stream while a caller was served; ``run()`` reports it.
    private var failure: ExchangeError?

    private static let requestsPerTurn = 16
    /// Longest wait, so that bots that call in are served soon.
    private static let waitMillisecondsMax = 1

    /// Opens and binds the sockets; nothing is sent before ``run()``.
    ///
    /// - Parameter executor: a thread of its own, for as long as the publisher lives.
    public init(
        _ exchange: SyntheticExchange, _ configuration: PublisherConfiguration, in context: ZeroMQContext,
        on executor: any SerialExecutor
    ) throws(ExchangeError) {
        self.exchange = exchange
        self.configuration = configuration
        self.executor = executor
        sender = try BusSender(configuration, in: context)
        eventsEndpoint = sender.eventsEndpoint
        recoveryEndpoint = sender.recoveryEndpoint
    }

    /// Publishes until ``stop()`` or until its task is cancelled.
    ///
    /// After the scenario's end it stays: it sends heartbeats, trades for bots, and answers who missed something.
    public func run() async throws(ExchangeError) {
        while configuration.waitsForSubscriber, !hasSubscriber, !isEnding { try await turn() }
        if !isEnding { try begin() }
        while !isEnding {
            try publishWhatIsDue()
            try await turn()
        }
        if let failure { throw failure }
    }

    /// Ends ``run()`` after the message that is being sent.
    public func stop() { isStopping = true }

    /// What was done so far.
    public var counters: PublisherCounters { sender.counters }

    /// Event time of the last step.
    public var now: Timestamp { exchange.now }

    /// Whether the scenario is over, all of it published.
    public var isOver: Bool { exchange.isOver }

    /// What bots and owners in this process deal with.
    public nonisolated var desk: ExchangeDesk {
        ExchangeDesk(
            execute: { await self.execute($0) }, deposit: { await self.deposit($0) },
            schedule: { await self.schedule })
    }
}

extension ExchangePublisher {
    private var isEnding: Bool { isStopping || failure != nil || Task.isCancelled }

    private func begin() throws(ExchangeError) {
        try publish(exchange.open())
        hasBegun = true
        if case .clock(let speed) = configuration.pace {
            schedule = PaceSchedule(origin: .now, start: exchange.now, speed: speed)
        }
    }

    private func execute(_ order: LiquidationOrder) -> LiquidationFill {
        let (fill, message) = exchange.execute(order)
        return publishing(message) ? fill : .refused(.notTradable)
    }

    private func deposit(_ deposit: OwnerDeposit) -> Bool {
        guard hasBegun, let message = exchange.deposit(deposit) else { return false }
        return publishing(message)
    }

    /// Publishes what a caller caused, and returns whether that worked.
    private func publishing(_ message: BusMessage?) -> Bool {
        guard let message else { return true }
        do throws(ExchangeError) {
            try publish([message])
            return true
        } catch {
            failure = error
            return false
        }
    }

    private func publish(_ messages: [BusMessage]) throws(ExchangeError) {
        try sender.publish(messages)
        lastSent = .now
    }

    /// One step if its time has come, else heartbeats if it was quiet for long.
    private func publishWhatIsDue() throws(ExchangeError) {
        if !exchange.isOver, nextDue <= .now {
            try publish(exchange.step())
        } else if lastSent + .milliseconds(100) <= .now {
            try publish(exchange.heartbeats(at: eventTime))
        }
    }

    /// The event time that is due now; that of the last step where no clock sets the pace.
    private var eventTime: Timestamp { schedule?.time(at: .now) ?? exchange.now }

    private var nextDue: ContinuousClock.Instant {
        schedule?.due(exchange.now + exchange.scenario.market.stepInterval) ?? .now
    }

    /// Serves whoever asks, waits for the next thing to do, and lets callers in.
    private func turn() async throws(ExchangeError) {
        if try sender.hasNewSubscriber() {
            hasSubscriber = true
            // Reference data first: sources are recovered in the order in which they are heard of.
            if hasBegun { try publish(exchange.heartbeats(at: eventTime)) }
        }
        try sender.answer(from: exchange, countMax: Self.requestsPerTurn)
        await Task.yield()
        try sender.wait(milliseconds: waitMilliseconds)
    }

    private var waitMilliseconds: Int {
        guard hasBegun, !exchange.isOver else { return Self.waitMillisecondsMax }
        let rest = ContinuousClock.now.duration(to: nextDue)
        return min(max(Int(rest / .milliseconds(1)), 0), Self.waitMillisecondsMax)
    }
}
