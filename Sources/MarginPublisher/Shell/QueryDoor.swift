import MarginDomain
import MarginWire
import ZeroMQ

/// The ROUTER at which questions come in and answers leave.
///
/// It reports full and vanished askers instead of dropping silently, which never waits either: an asker that makes no
/// room only slows its own answers down.
final class QueryDoor {
    let endpoint: String
    private let socket: Socket

    init(_ endpoint: String, in context: ZeroMQContext, options: SocketOptions) throws(ZeroMQError) {
        self.endpoint = endpoint
        socket = try Socket(.router, in: context, options: options)
        try socket.bind(endpoint)
    }

    func boundEndpoint() throws(ZeroMQError) -> String { try socket.lastEndpoint }

    func watch(in poller: inout Poller) { _ = poller.watch(socket) }

    /// Hands the frames of at most `countMax` questions to `take`, and returns how many there were.
    func receive(countMax: Int, _ take: ([[UInt8]]) -> Void) throws(ZeroMQError) -> Int {
        var message = Message()
        var multipart = Multipart()
        for count in 0..<countMax {
            do throws(ZeroMQError) {
                guard try socket.tryReceive(into: &multipart, reusing: &message, frameCountMax: 4) else { return count }
            } catch {
                // Whoever sends more frames than a question has is not asking one.
                guard case .frameLimitExceeded = error else { throw error }
                continue
            }
            take((0..<multipart.frameCount).map { multipart.copyOfFrame($0) })
        }
        return countMax
    }

    /// Sends one answer; where it cannot be written, the reason instead.
    func send(_ answer: Answer, to asker: Asker, with writer: inout MessageWriter) throws(ZeroMQError) -> AnswerDelivery
    {
        let body: [UInt8]
        do throws(WireError) {
            body = try writer.bytes(of: answer, asker.encoding)
        } catch {
            let delivery = try sent(writer.bytes(of: error, asker.encoding), to: asker)
            return delivery == .sent ? .ended : delivery
        }
        return try sent(body, to: asker)
    }

    private func sent(_ body: [UInt8], to asker: Asker) throws(ZeroMQError) -> AnswerDelivery {
        do throws(ZeroMQError) {
            guard try socket.trySend(asker.identity, more: true) else { return .full }
        } catch {
            guard error == .unroutable else { throw error }
            return .gone
        }
        // Once libzmq has taken the first frame it takes the others.
        if asker.hasDelimiter { _ = try socket.trySend([], more: true) }
        _ = try socket.trySend(asker.request, more: true)
        _ = try socket.trySend(body)
        return .sent
    }
}
