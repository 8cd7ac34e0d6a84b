/// A subscriber to one endpoint that connects again where libzmq would not.
///
/// One frame above `SocketOptions.maxFrameBytes` makes libzmq drop the connection for good; the socket then looks healthy and receives nothing for ever.
/// `tend` watches the socket's events and mends that. What was published meanwhile is lost, as after any reconnection: sequence numbers must show it.
///
/// The owning thread must keep receiving: a subscriber that is not read does not subscribe again after a reconnection.
public struct RevivingSubscriber: ~Copyable {
    /// Where it connects.
    public let endpoint: String
    /// How often a connection that libzmq gave up was made again.
    public private(set) var revivalCount = 0

    private let socket: Socket
    private var monitor: SocketMonitor
    private var watch: ConnectionWatch

    /// Connects and subscribes.
    ///
    /// - Parameters:
    ///   - topics: first bytes of the messages wanted; one empty topic means all.
    ///   - patienceMilliseconds: how long after a loss libzmq may take to say that it tries again; also the shortest time between revivals.
    public init(
        to endpoint: String, topics: [[UInt8]], in context: ZeroMQContext, options: SocketOptions = SocketOptions(),
        patienceMilliseconds: Int = 500
    ) throws(ZeroMQError) {
        let socket = try Socket(.sub, in: context, options: options)
        let monitor = try SocketMonitor(socket)
        for topic in topics { try socket.subscribe(to: topic) }
        try socket.connect(endpoint)
        self.endpoint = endpoint
        self.socket = socket
        self.monitor = monitor
        watch = ConnectionWatch(patience: .milliseconds(patienceMilliseconds))
    }

    /// Receives one frame if there is one, and returns whether there was.
    public func tryReceive(into message: inout Message) throws(ZeroMQError) -> Bool {
        try socket.tryReceive(into: &message)
    }

    /// Reads and drops the frames that follow in the same message.
    public func discardRest(after message: inout Message) throws(ZeroMQError) {
        try socket.discardRest(after: &message)
    }

    /// Adds a topic; it survives revivals.
    public func subscribe(to topic: [UInt8]) throws(ZeroMQError) { try socket.subscribe(to: topic) }

    /// Takes back one `subscribe` of the same topic.
    public func unsubscribe(from topic: [UInt8]) throws(ZeroMQError) { try socket.unsubscribe(from: topic) }

    /// Adds the messages and the connection events to a poller; call `tend` when the latter are ready and at `nextTending`.
    public func watch(in poller: inout Poller) -> (messages: Poller.Slot, events: Poller.Slot) {
        (poller.watch(socket), poller.watch(monitor))
    }

    /// When `tend` must be called even if no event arrives; `nil` while the connection is well.
    public var nextTending: ContinuousClock.Instant? { watch.deadline }

    /// Reads the connection events, and connects again if libzmq has given up.
    ///
    /// - Parameters:
    ///   - now: the monotonic time.
    ///   - observe: sees every event, for counters and logs.
    public mutating func tend(at now: ContinuousClock.Instant, observe: (SocketEvent) -> Void = { _ in })
        throws(ZeroMQError)
    {
        while let event = try monitor.next() {
            watch.note(event.kind, at: now)
            observe(event)
        }
        if watch.isGivenUp(at: now) { try revive() }
    }

    /// Drops the connection and makes it again, with what was received but not yet read; also for an owner whose own heartbeat shows silence.
    public mutating func revive() throws(ZeroMQError) {
        do throws(ZeroMQError) {
            try socket.disconnect(endpoint)
        } catch {
            // libzmq has forgotten the endpoint already, which is as good as disconnected.
            guard error == .noSuchEndpoint else { throw error }
        }
        try socket.connect(endpoint)
        watch.noteRevival()
        revivalCount += 1
    }
}
