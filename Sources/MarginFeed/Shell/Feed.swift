public import Handover
public import MarginDomain
public import ZeroMQ

/// The inbound edge: a thread that owns the SUB sockets and only receives, validates and hands on.
///
/// A socket that is not read loses messages, and one that is read late makes them late; therefore nothing here waits
/// for anything but sockets. What the frames mean for the order of things ``FeedState`` decides; this shell moves
/// bytes to it and its batches to the outlet. Other stages that have records to write hand them in through an inlet,
/// so that the log has one appender.
public actor Feed {
    private nonisolated let executor: ThreadExecutor
    /// The feed's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    private let configuration: FeedConfiguration
    private var reception: Reception
    private var links: [FeedLink] = []
    private var inboxes: [FeedInbox] = []
    private var poller = Poller()

    /// Opens the sockets; nothing is received before ``run(into:)``.
    ///
    /// - Parameter start: where the log ended.
    public init(
        _ configuration: FeedConfiguration, from start: FeedStart, in context: ZeroMQContext,
        clock: FeedClock = .system
    ) throws(FeedError) {
        self.configuration = configuration
        reception = Reception(configuration, from: start, clock: clock)
        do throws(HandoverError) {
            executor = try ThreadExecutor(name: "feed")
        } catch {
            throw .thread(error)
        }
        var options = SocketOptions()
        options.receiveHighWaterMark = configuration.receiveHighWaterMark
        options.maxFrameBytes = Int64(EngineLimits.frameBytesMax)
        options.security = configuration.security
        for (place, endpoint) in configuration.endpoints.enumerated() {
            links.append(
                try named(endpoint.events) { () throws(ZeroMQError) in
                    try FeedLink(endpoint, at: place, in: context, options: options)
                })
        }
    }

    deinit { executor.stop() }

    /// Where publishers find the endpoints that bind, with the ports that a `*` became; in order of configuration.
    public func boundEndpoints() throws(FeedError) -> [String] {
        var endpoints: [String] = []
        for link in links {
            let bound = try named(link.endpoint.events) { () throws(ZeroMQError) in try link.boundEndpoint() }
            if let bound { endpoints.append(bound) }
        }
        return endpoints
    }

    /// A way into the feed for one other thread: events that become records of the engine's own source.
    ///
    /// A full inlet refuses; its owner decides what that means.
    public func makeInlet(capacity: Int = EngineLimits.handoverBatchesMax) -> RingProducer<EventGroup> {
        var ring = Ring<EventGroup>(capacity: capacity, work: executor.doorbell)
        inboxes.append(FeedInbox(ring.takeConsumer()))
        return ring.takeProducer()
    }

    /// What was seen since the start.
    public var counters: FeedCounters { reception.state.counters }

    /// How the sources stand.
    public func report() -> FeedReport { reception.state.report() }

    /// Receives until its task is cancelled; then hands on what it has and returns.
    ///
    /// Cancellation is noticed at the latest when the feed would look for silence again.
    ///
    /// - Throws: what the outlet throws, or a failure of a socket that no peer can cause.
    public func run<Outlet: FeedOutlet & ~Copyable>(into outlet: consuming Outlet) async throws(FeedError) {
        var outlet = outlet
        watch()
        while !Task.isCancelled {
            // Calls to the actor, such as a look at the counters, get their turn between two rounds.
            if executor.hasWaitingJobs { await Task.yield() }
            let count = try receive()
            try handOn(to: &outlet)
            if count == 0 { try sleep() }
        }
        _ = try receive()
        try handOn(to: &outlet)
    }
}

extension Feed {
    /// Takes what waits in every socket and inlet, a bounded number of each, and returns how much that was.
    private func receive() throws(FeedError) -> Int {
        var count = 0
        var revivals = 0
        for link in links {
            try named(link.endpoint.events) { () throws(ZeroMQError) in
                count += try link.receive(countMax: configuration.framesPerTurnMax, into: &reception)
                revivals += try link.tend()
            }
        }
        reception.state.counters.revivals = UInt64(revivals)
        for inbox in inboxes {
            var taken = 0
            while taken < configuration.framesPerTurnMax, let events = inbox.pop() {
                reception.inject(events)
                taken += 1
            }
            count += taken
        }
        reception.tick()
        return count
    }

    private func handOn<Outlet: FeedOutlet & ~Copyable>(to outlet: inout Outlet) throws(FeedError) {
        reception.state.account(for: reception.effects)
        for batch in reception.effects.batches {
            reception.intake.learn(batch.events)
            try outlet.take(batch)
        }
        for letter in reception.effects.letters { outlet.keep(letter) }
        for errand in reception.effects.errands { try run(errand) }
        if reception.effects.needsReport { outlet.note(reception.state.report()) }
        reception.effects.removeAll()
    }

    private func run(_ errand: Errand) throws(FeedError) {
        let link = links[errand.link]
        try named(link.endpoint.recovery) { () throws(ZeroMQError) in
            try link.run(errand.action, &reception.intake)
        }
        // The poller refers to the socket that was there before.
        if errand.action == .hangUp { watch() }
    }

    private func watch() {
        poller = Poller()
        for link in links { link.watch(in: &poller) }
        _ = poller.watch(fileDescriptor: executor.doorbell.fileDescriptor)
    }

    private func sleep() throws(FeedError) {
        let milliseconds = Int(reception.state.sleepMax.nanoseconds / 1_000_000)
        try named("every endpoint") { () throws(ZeroMQError) in
            try executor.doorbell.park(unless: hasWork) { () throws(ZeroMQError) in
                _ = try poller.wait(timeoutMilliseconds: max(1, milliseconds))
            }
        }
    }

    private func hasWork() -> Bool {
        executor.hasWaitingJobs || Task.isCancelled || inboxes.contains { $0.hasElement }
    }
}

/// Names the endpoint at which a socket failed.
private func named<Result>(
    _ endpoint: String, _ body: () throws(ZeroMQError) -> Result
) throws(FeedError) -> Result {
    do throws(ZeroMQError) {
        return try body()
    } catch {
        throw .socket(error, endpoint: endpoint)
    }
}
