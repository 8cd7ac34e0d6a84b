private import CZeroMQ

extension Socket {
    /// The endpoint last bound or connected, with the port that a `*` became.
    public var lastEndpoint: String {
        get throws(ZeroMQError) { try handle.string(ZMQ_LAST_ENDPOINT) }
    }

    /// Receives messages that begin with the topic; an empty one means all. On an `xpub` that accepts by hand: accepts the last subscription received.
    public func subscribe(to topic: [UInt8]) throws(ZeroMQError) {
        try handle.set(ZMQ_SUBSCRIBE, toBytes: topic.rawBytes)
    }

    /// Takes back one `subscribe` of the same topic.
    public func unsubscribe(from topic: [UInt8]) throws(ZeroMQError) {
        try handle.set(ZMQ_UNSUBSCRIBE, toBytes: topic.rawBytes)
    }
}

extension SocketHandle {
    /// Sets every option, before the socket is bound or connected.
    func apply(_ options: SocketOptions, to kind: SocketKind) throws(ZeroMQError) {
        try set(ZMQ_SNDHWM, to: options.sendHighWaterMark)
        try set(ZMQ_RCVHWM, to: options.receiveHighWaterMark)
        try set(ZMQ_MAXMSGSIZE, toInt64: options.maxFrameBytes)
        try set(ZMQ_LINGER, to: options.lingerMilliseconds)
        try set(ZMQ_HEARTBEAT_IVL, to: options.heartbeatIntervalMilliseconds)
        try set(ZMQ_HEARTBEAT_TIMEOUT, to: options.heartbeatTimeoutMilliseconds)
        try set(ZMQ_HANDSHAKE_IVL, to: options.handshakeMilliseconds)
        try set(ZMQ_RECONNECT_IVL, to: options.reconnectMilliseconds)
        try set(ZMQ_RECONNECT_IVL_MAX, to: options.reconnectMaxMilliseconds)
        try set(ZMQ_BACKLOG, to: options.backlogCountMax)
        try set(ZMQ_TCP_KEEPALIVE, to: options.probesIdleConnections ? 1 : 0)
        if options.probesIdleConnections {
            try set(ZMQ_TCP_KEEPALIVE_IDLE, to: 4)
            try set(ZMQ_TCP_KEEPALIVE_INTVL, to: 2)
            try set(ZMQ_TCP_KEEPALIVE_CNT, to: 4)
        }
        if let identity = options.identity { try set(ZMQ_ROUTING_ID, toBytes: identity.rawBytes) }
        if kind == .router { try set(ZMQ_ROUTER_MANDATORY, to: options.reportsUnroutable ? 1 : 0) }
        if kind == .xpub { try apply(options.xpub) }
        try apply(options.security)
    }

    private func apply(_ options: XPubOptions) throws(ZeroMQError) {
        // The second option includes the first and would be undone by setting the first after it.
        try set(ZMQ_XPUB_VERBOSE, to: options.passesRepeatedSubscriptions ? 1 : 0)
        if options.passesRepeatedUnsubscriptions { try set(ZMQ_XPUB_VERBOSER, to: 1) }
        try set(ZMQ_XPUB_NODROP, to: options.refusesWhenFull ? 1 : 0)
        try set(ZMQ_XPUB_MANUAL, to: options.acceptsSubscriptionsByHand ? 1 : 0)
    }

    private func apply(_ security: SocketSecurity) throws(ZeroMQError) {
        switch security {
        case .localOnly: return
        case .curveServer(let secretKey, let domain):
            precondition(!domain.isEmpty, "An encrypted server names the domain under which keys are admitted.")
            try set(ZMQ_CURVE_SERVER, to: 1)
            try secretKey.withBytes { (bytes) throws(ZeroMQError) in try set(ZMQ_CURVE_SECRETKEY, toBytes: bytes) }
            let domainBytes = Array(domain.utf8)
            try set(ZMQ_ZAP_DOMAIN, toBytes: domainBytes.rawBytes)
            // Without this libzmq admits everybody while no responder runs.
            try set(ZMQ_ZAP_ENFORCE_DOMAIN, to: 1)
        case .curveClient(let keys, let serverKey):
            try set(ZMQ_CURVE_SERVERKEY, toBytes: serverKey.bytes.rawBytes)
            try set(ZMQ_CURVE_PUBLICKEY, toBytes: keys.publicKey.bytes.rawBytes)
            try keys.secretKey.withBytes { (bytes) throws(ZeroMQError) in try set(ZMQ_CURVE_SECRETKEY, toBytes: bytes) }
        }
    }
}
