import MarginDomain
import MarginWire
import ZeroMQ

/// The DEALER to a publisher's ROUTER.
///
/// Both ways a message is two frames: the topic, empty for the question and the end of the answer, and the body.
final class RecoveryLine {
    private let endpoint: FeedEndpoint
    private let context: ZeroMQContext
    private let options: SocketOptions
    private var socket: Socket

    init(_ endpoint: FeedEndpoint, in context: ZeroMQContext, options: SocketOptions) throws(ZeroMQError) {
        self.endpoint = endpoint
        self.context = context
        self.options = options
        socket = try Self.connected(to: endpoint, in: context, options)
    }

    /// Asks; a question for which there is no room goes unanswered and is asked again.
    func ask(_ body: [UInt8]) throws(ZeroMQError) {
        if try socket.trySend([], more: true) { _ = try socket.trySend(body) }
    }

    func tryReceive(into multipart: inout Multipart, reusing message: inout Message) throws(ZeroMQError) -> Bool {
        try socket.tryReceive(into: &multipart, reusing: &message, frameCountMax: 2)
    }

    /// Drops the connection with everything it may still bring, and makes it again.
    func hangUp() throws(ZeroMQError) {
        socket = try Self.connected(to: endpoint, in: context, options)
    }

    func watch(in poller: inout Poller) { _ = poller.watch(socket) }

    private static func connected(
        to endpoint: FeedEndpoint, in context: ZeroMQContext, _ options: SocketOptions
    ) throws(ZeroMQError) -> Socket {
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint.recovery)
        return socket
    }
}
