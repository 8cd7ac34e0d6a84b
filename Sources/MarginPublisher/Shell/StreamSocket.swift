import MarginDomain
import MarginWire
import ZeroMQ

/// One XPUB socket: a stream in one encoding.
///
/// A subscriber that does not keep up loses messages, it alone, and nobody waits for it: numbers show it what is
/// missing, and replay heals it. The other choice, to wait for the slowest, would let one stalled consumer keep every
/// margin call from everybody.
final class StreamSocket {
    let endpoint: String
    private let encoding: QueryEncoding
    private let socket: Socket
    private var notice = Message()
    /// Topics that somebody wants: while there are none nothing is encoded.
    private var wantedCount = 0

    init(
        _ endpoint: String, _ encoding: QueryEncoding, in context: ZeroMQContext, options: SocketOptions
    ) throws(ZeroMQError) {
        self.endpoint = endpoint
        self.encoding = encoding
        socket = try Socket(.xpub, in: context, options: options)
        try socket.bind(endpoint)
    }

    func boundEndpoint() throws(ZeroMQError) -> String { try socket.lastEndpoint }

    func watch(in poller: inout Poller) { _ = poller.watch(socket) }

    /// Takes note of who came and went, at most `countMax` of them.
    func readNotices(countMax: Int) throws(ZeroMQError) {
        var left = countMax
        while left > 0, try socket.tryReceive(into: &notice) {
            left -= 1
            try socket.discardRest(after: &notice)
            switch SubscriptionNotice(notice.bytes) {
            case .subscribed: wantedCount += 1
            case .unsubscribed: wantedCount -= 1
            case nil: break
            }
        }
    }

    /// Sends a message to whoever wants it.
    ///
    /// - Returns: false if it cannot be written in this encoding.
    func publish(_ message: OutboundMessage, with writer: inout MessageWriter) throws(ZeroMQError) -> Bool {
        guard wantedCount > 0 else { return true }
        let body: [UInt8]
        do throws(WireError) {
            body = try writer.bytes(of: Answer(message), encoding)
        } catch {
            return false
        }
        // An XPUB socket that drops always has room.
        if try socket.trySend(Array(message.topic.utf8), more: true) { _ = try socket.trySend(body) }
        return true
    }
}
