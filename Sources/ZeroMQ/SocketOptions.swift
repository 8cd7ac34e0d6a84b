/// How a socket behaves; the defaults are meant for a socket that strangers may reach.
///
/// libzmq's own defaults accept frames of any size, never notice a frozen peer, reconnect without back-off and may hold up the end of the process for ever.
/// What no option can limit: a message of endless frames, and the number of subscriptions of one peer. Only encryption with a `ZapResponder` keeps such peers out.
public struct SocketOptions: Sendable {
    /// Messages that may wait to be sent, per peer; 0 would be unlimited.
    public var sendHighWaterMark: Int32 = 1000
    /// Messages that may wait to be received, per peer; 0 would be unlimited.
    public var receiveHighWaterMark: Int32 = 1000
    /// Largest frame accepted, in bytes. A peer that sends a larger one is disconnected, and libzmq does not reconnect by itself (`RevivingSubscriber`).
    public var maxFrameBytes: Int64 = 64 * 1024
    /// How long closing waits for unsent messages; 0 drops them.
    public var lingerMilliseconds: Int32 = 0
    /// Interval of libzmq's pings to the peer; 0, the default, switches them off.
    ///
    /// A socket that receives must leave them off. While its queue is full libzmq reads nothing, the peer's answers
    /// included, and so disconnects a healthy peer; and if it connects again before the queue is read, libzmq 4.3.4
    /// ends the whole process (`Assertion failed: _input_stopped`, zeromq/libzmq #3937). Silence is found by the
    /// application's own heartbeats, a dead host by the system's probes.
    public var heartbeatIntervalMilliseconds: Int32 = 0
    /// A peer that is silent for this long after a ping is disconnected.
    public var heartbeatTimeoutMilliseconds: Int32 = 600
    /// A peer that has not finished the handshake in this time is disconnected.
    public var handshakeMilliseconds: Int32 = 2000
    /// First wait before connecting again.
    public var reconnectMilliseconds: Int32 = 100
    /// The wait doubles up to this.
    public var reconnectMaxMilliseconds: Int32 = 5000
    /// Connections that may wait to be accepted by a bound socket.
    public var backlogCountMax: Int32 = 100
    /// Whether the operating system probes idle connections. A host that answers none of four probes is disconnected,
    /// some twelve seconds after it was last heard.
    public var probesIdleConnections = true
    /// The name by which a router knows this socket; 1 to 255 bytes, not starting with a zero byte. Peers choose it freely, so it authorises nothing.
    public var identity: [UInt8]?
    /// Whether a router reports `unroutable` instead of dropping silently.
    public var reportsUnroutable = true
    /// What an `xpub` socket does with subscriptions and with slow subscribers; ignored by other kinds.
    public var xpub = XPubOptions()
    /// Who may be at the other end.
    public var security = SocketSecurity.localOnly

    /// The defaults.
    public init() {}
}

/// How an extended publisher treats its subscribers.
public struct XPubOptions: Sendable, Equatable {
    /// Passes on repeated subscriptions to a topic, so that every new subscriber is seen.
    public var passesRepeatedSubscriptions = false
    /// Passes on every unsubscription as well, not only the last for a topic.
    public var passesRepeatedUnsubscriptions = false
    /// Reports a full subscriber queue to the sender instead of dropping. One stalled subscriber then stops the stream for all; see `SocketKind.pub`.
    public var refusesWhenFull = false
    /// Leaves it to the application to accept each subscription, by calling `subscribe` while its notice is the last message received.
    public var acceptsSubscriptionsByHand = false

    /// The defaults.
    public init() {}
}
