import ZeroMQ

/// The SUB side of an endpoint: one that connects and is revived where libzmq would give up, or one that publishers
/// connect to.
///
/// A bound socket needs no reviving: the peer whose frame was too large is dropped, and connects again by itself.
final class EventSubscription {
    private var connected: RevivingSubscriber?
    private var bound: Socket?

    init(_ endpoint: FeedEndpoint, in context: ZeroMQContext, options: SocketOptions) throws(ZeroMQError) {
        let topics = endpoint.topics.map { Array($0.utf8) }
        switch endpoint.attachment {
        case .connect:
            connected = try RevivingSubscriber(to: endpoint.events, topics: topics, in: context, options: options)
        case .bind:
            let socket = try Socket(.sub, in: context, options: options)
            for topic in topics { try socket.subscribe(to: topic) }
            try socket.bind(endpoint.events)
            bound = consume socket
        }
    }

    /// Where publishers find it, with the port that a `*` became; nil if it connects.
    func boundEndpoint() throws(ZeroMQError) -> String? {
        guard bound != nil else { return nil }
        return try bound?.lastEndpoint
    }

    func tryReceive(into message: inout Message) throws(ZeroMQError) -> Bool {
        if bound != nil { return try bound?.tryReceive(into: &message) ?? false }
        return try connected?.tryReceive(into: &message) ?? false
    }

    func discardRest(after message: inout Message) throws(ZeroMQError) {
        try bound?.discardRest(after: &message)
        try connected?.discardRest(after: &message)
    }

    /// Reads the connection's events, and connects again if libzmq has given up.
    ///
    /// - Returns: how often that has happened.
    func tend(at now: ContinuousClock.Instant) throws(ZeroMQError) -> Int {
        try connected?.tend(at: now)
        return connected?.revivalCount ?? 0
    }

    func watch(in poller: inout Poller) {
        _ = connected?.watch(in: &poller)
        _ = bound?.watch(in: &poller)
    }
}

extension Socket {
    fileprivate func watch(in poller: inout Poller) -> Poller.Slot { poller.watch(self) }
}
