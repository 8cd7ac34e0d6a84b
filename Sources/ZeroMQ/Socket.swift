/// A ZeroMQ socket, owned by one thread at a time and closed when it goes.
///
/// It may be moved to another thread, for example into an actor with a thread of its own, but never used by two.
/// Calls that wait end with `contextTerminated` when the context is shut down.
public struct Socket: ~Copyable {
    let handle: SocketHandle
    private let security: SocketSecurity

    /// The messaging pattern.
    public let kind: SocketKind

    /// Opens a socket that is not yet bound or connected.
    public init(_ kind: SocketKind, in context: ZeroMQContext, options: SocketOptions = SocketOptions())
        throws(ZeroMQError)
    {
        let handle = try SocketHandle(kind, in: context)
        try handle.apply(options, to: kind)
        self.handle = handle
        self.kind = kind
        security = options.security
    }

    deinit { handle.close() }

    /// Accepts peers at the endpoint. A tcp port of `*` takes a free one, which `lastEndpoint` then tells.
    public func bind(_ endpoint: String) throws(ZeroMQError) {
        try security.check(endpoint)
        try handle.bind(endpoint)
    }

    /// Connects in the background, again and again until `disconnect`; the peer need not be there yet.
    public func connect(_ endpoint: String) throws(ZeroMQError) {
        try security.check(endpoint)
        try handle.connect(endpoint)
    }

    /// Accepts no more peers at the endpoint, some time after the call; those that are connected stay.
    public func unbind(_ endpoint: String) throws(ZeroMQError) { try handle.unbind(endpoint) }

    /// Ends the connection to the endpoint, with what was received from it but not yet read.
    public func disconnect(_ endpoint: String) throws(ZeroMQError) { try handle.disconnect(endpoint) }

    /// Sends one frame, waiting while the queue is full. Publishers do not wait: they drop for slow subscribers.
    ///
    /// - Parameter more: whether further frames of the same message follow; the peer gets them together or not at all.
    public func send(_ bytes: borrowing RawSpan, more: Bool = false) throws(ZeroMQError) {
        // A send timeout is never set, so a call that waits ends only with success or an error.
        _ = try handle.send(bytes, more: more, waits: true)
    }

    /// Sends one frame if there is room in the queue, and returns whether there was.
    public func trySend(_ bytes: borrowing RawSpan, more: Bool = false) throws(ZeroMQError) -> Bool {
        try handle.send(bytes, more: more, waits: false)
    }

    /// Sends one frame from an array, waiting while the queue is full.
    public func send(_ bytes: [UInt8], more: Bool = false) throws(ZeroMQError) {
        try send(bytes.rawBytes, more: more)
    }

    /// Sends one frame from an array if there is room in the queue, and returns whether there was.
    public func trySend(_ bytes: [UInt8], more: Bool = false) throws(ZeroMQError) -> Bool {
        try trySend(bytes.rawBytes, more: more)
    }

    /// Sends a message of several frames, waiting while the queue is full.
    public func send(frames: [[UInt8]]) throws(ZeroMQError) {
        for index in frames.indices { try send(frames[index], more: index + 1 < frames.count) }
    }

    /// Receives one frame, waiting until there is one.
    public func receive(into message: inout Message) throws(ZeroMQError) {
        // A receive timeout is never set, so a call that waits ends only with success or an error.
        _ = try handle.receive(into: message, waits: true)
    }

    /// Receives one frame if there is one, and returns whether there was.
    public func tryReceive(into message: inout Message) throws(ZeroMQError) -> Bool {
        try handle.receive(into: message, waits: false)
    }
}
