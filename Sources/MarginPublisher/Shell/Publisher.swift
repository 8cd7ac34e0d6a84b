public import Handover
public import MarginDomain
import MarginWire
public import ZeroMQ

/// The outbound edge: a thread that owns the XPUB sockets and the ROUTER.
///
/// Signals leave when the log has committed their cause, states at once, and questions are answered within a budget
/// per turn. What leaves when ``PublisherState`` decides; this shell moves it. Other stages hand over through inlets.
public actor Publisher {
    private nonisolated let executor: ThreadExecutor
    /// The publisher's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    private let configuration: PublisherConfiguration
    private var state: PublisherState
    private var sockets: PublisherSockets?
    private var inboxes: [PublisherInbox] = []
    private var poller = Poller()
    private var nextHeartbeat = ContinuousClock.now

    /// Binds the sockets; nothing leaves before ``run(with:)``.
    public init(
        _ configuration: PublisherConfiguration, from start: PublisherStart, in context: ZeroMQContext
    ) throws(PublisherError) {
        self.configuration = configuration
        state = PublisherState(configuration, from: start)
        do throws(HandoverError) {
            executor = try ThreadExecutor(name: "publisher")
        } catch {
            throw .thread(error)
        }
        sockets = try PublisherSockets(configuration, in: context)
    }

    deinit { executor.stop() }

    /// Wakes the publisher; rung by whoever moves the log's commit watermark.
    public nonisolated var doorbell: Doorbell { executor.doorbell }

    /// A way into the publisher for one other thread. A full inlet refuses; its owner decides what that means.
    public func makeInlet(capacity: Int = EngineLimits.handoverBatchesMax) -> RingProducer<PublisherInput> {
        var ring = Ring<PublisherInput>(capacity: capacity, work: executor.doorbell)
        inboxes.append(PublisherInbox(ring.takeConsumer()))
        return ring.takeProducer()
    }

    /// What was done since the start.
    public var counters: PublisherCounters { state.counters }

    /// Where it is found; nothing once it has run.
    public func boundEndpoints() throws(PublisherError) -> BoundEndpoints {
        var endpoints = BoundEndpoints()
        guard let sockets else { return endpoints }
        endpoints.signals = try bound(configuration.signals, sockets.signals)
        endpoints.signalsJSON = try bound(configuration.signalsJSON, sockets.signals)
        endpoints.states = try bound(configuration.states, sockets.states)
        endpoints.statesJSON = try bound(configuration.statesJSON, sockets.states)
        if let door = sockets.door {
            endpoints.queries = try named(door.endpoint) { () throws(ZeroMQError) in try door.boundEndpoint() }
        }
        return endpoints
    }

    private func bound(_ endpoint: String?, _ streams: [StreamSocket]) throws(PublisherError) -> String? {
        guard let endpoint, let stream = streams.first(where: { $0.endpoint == endpoint }) else { return nil }
        return try named(endpoint) { () throws(ZeroMQError) in try stream.boundEndpoint() }
    }

    /// Publishes until its task is cancelled; then sends what may leave, says so in a last heartbeat, and closes.
    ///
    /// Whoever hands over must have stopped by then, so that nothing is left behind.
    ///
    /// - Throws: a failure of a socket that no peer can cause.
    public func run<Outlet: PublisherOutlet & ~Copyable>(with outlet: consuming Outlet) async throws(PublisherError) {
        guard let sockets else { preconditionFailure("A publisher runs once.") }
        var outlet = outlet
        sockets.watch(in: &poller)
        _ = poller.watch(fileDescriptor: executor.doorbell.fileDescriptor)
        while !Task.isCancelled {
            // Calls to the actor, such as a look at the counters, get their turn between two rounds.
            if executor.hasWaitingJobs { await Task.yield() }
            let hasMore = try turn(sockets, &outlet)
            if !hasMore { try sleep(outlet) }
        }
        while try turn(sockets, &outlet) {}
        nextHeartbeat = .now
        _ = try turn(sockets, &outlet)
        // Closing sends what waits in the sockets, for as long as they linger.
        poller = Poller()
        self.sockets = nil
    }
}

extension Publisher {
    /// Does a bounded amount of everything.
    ///
    /// - Returns: whether more is waiting.
    private func turn<Outlet: PublisherOutlet & ~Copyable>(
        _ sockets: PublisherSockets, _ outlet: inout Outlet
    ) throws(PublisherError) -> Bool {
        let now = ContinuousClock.now
        for stream in sockets.signals + sockets.states {
            try named(stream.endpoint) { () throws(ZeroMQError) in
                try stream.readNotices(countMax: configuration.inputsPerTurnMax)
            }
        }
        let hasInput = takeInputs(now)
        let committed = outlet.committed
        var writer = MessageWriter(mirror: state.mirror)
        while let signal = state.nextSignal(committed: committed) {
            try publish(signal, on: sockets.signals, &writer)
        }
        for message in state.takeStates(committed: committed) {
            try publish(message, on: sockets.states, &writer)
        }
        if now >= nextHeartbeat { try beat(sockets, committed, now, &writer) }
        let hasQueries = try answer(sockets, &outlet, committed, now, &writer)
        return hasInput || hasQueries
    }

    private func takeInputs(_ now: ContinuousClock.Instant) -> Bool {
        var hasMore = false
        for inbox in inboxes {
            var left = configuration.inputsPerTurnMax
            while left > 0, let input = inbox.pop() {
                state.take(input, now: now)
                left -= 1
            }
            if left == 0 { hasMore = true }
        }
        return hasMore
    }

    private func publish(
        _ message: OutboundMessage, on streams: [StreamSocket], _ writer: inout MessageWriter
    ) throws(PublisherError) {
        for stream in streams {
            let isWritten = try named(stream.endpoint) { () throws(ZeroMQError) in
                try stream.publish(message, with: &writer)
            }
            if !isWritten { state.counters.unwritten += 1 }
        }
    }

    private func beat(
        _ sockets: PublisherSockets, _ committed: RecordNumber, _ now: ContinuousClock.Instant,
        _ writer: inout MessageWriter
    ) throws(PublisherError) {
        let heartbeat = OutboundMessage.heartbeat(state.heartbeat(committed: committed))
        try publish(heartbeat, on: sockets.signals, &writer)
        try publish(heartbeat, on: sockets.states, &writer)
        state.counters.heartbeats += 1
        nextHeartbeat = now.advanced(by: .nanoseconds(configuration.heartbeatInterval.nanoseconds))
    }

    private func answer<Outlet: PublisherOutlet & ~Copyable>(
        _ sockets: PublisherSockets, _ outlet: inout Outlet, _ committed: RecordNumber,
        _ now: ContinuousClock.Instant, _ writer: inout MessageWriter
    ) throws(PublisherError) -> Bool {
        guard let door = sockets.door else { return false }
        let questions = try questions(at: door)
        for frames in questions { run(state.receive(frames, now: now), &outlet, now) }
        // Where there is no room for it the engine answers in vain.
        for ticket in state.settle(committed: committed, now: now) { _ = outlet.ask(ticket) }
        let hasMore = try named(door.endpoint) { () throws(ZeroMQError) in
            try state.sendAnswers(committed: committed, now: now) { (asker, answer) throws(ZeroMQError) in
                try door.send(answer, to: asker, with: &writer)
            }
        }
        return hasMore || questions.count == configuration.queriesPerTurnMax
    }

    private func questions(at door: QueryDoor) throws(PublisherError) -> [[[UInt8]]] {
        // Whoever has no room for more answers is not asked for more questions.
        guard state.answering.count < configuration.openQueriesMax else { return [] }
        var questions: [[[UInt8]]] = []
        _ = try named(door.endpoint) { () throws(ZeroMQError) in
            try door.receive(countMax: configuration.queriesPerTurnMax) { questions.append($0) }
        }
        return questions
    }

    private func run<Outlet: PublisherOutlet & ~Copyable>(
        _ errand: PublisherState.Errand, _ outlet: inout Outlet, _ now: ContinuousClock.Instant
    ) {
        switch errand {
        case .none: break
        case .ask(let ticket):
            if !outlet.ask(ticket) { state.refuseBusy(ticket.number, now: now) }
        case .record(let events, let ticket):
            if outlet.record(events) { state.reserve(events) } else { state.refuseBusy(ticket, now: now) }
        }
    }

    private func sleep<Outlet: PublisherOutlet & ~Copyable>(_ outlet: borrowing Outlet) throws(PublisherError) {
        let patience: Duration = state.answering.isEmpty ? .milliseconds(50) : .milliseconds(2)
        let left = min(patience, max(.zero, nextHeartbeat - .now))
        let milliseconds = max(1, Int(left / .milliseconds(1)))
        try named("every endpoint") { () throws(ZeroMQError) in
            try executor.doorbell.park(unless: { hasWork || state.isAwaited(committed: outlet.committed) }) {
                () throws(ZeroMQError) in
                _ = try poller.wait(timeoutMilliseconds: milliseconds)
            }
        }
    }

    private var hasWork: Bool {
        executor.hasWaitingJobs || Task.isCancelled || inboxes.contains { $0.hasElement }
    }
}
