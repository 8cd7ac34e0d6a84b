import Synchronization
import Testing
import ZeroMQ

@Suite struct ZapTests {
    private let server: CurveKeyPair
    private let client: CurveKeyPair
    private let context: ZeroMQContext

    init() throws {
        (server, client) = (try CurveKeyPair.generate(), try CurveKeyPair.generate())
        context = try ZeroMQContext()
    }

    private func makeServer() throws -> Socket {
        var options = SocketOptions()
        options.security = .curveServer(secretKey: server.secretKey, domain: "signals")
        let socket = try Socket(.router, in: context, options: options)
        try socket.bind("tcp://127.0.0.1:*")
        return socket
    }

    private func makeClient(serverKey: CurvePublicKey) throws -> Socket {
        var options = SocketOptions()
        options.security = .curveClient(keys: client, serverKey: serverKey)
        return try Socket(.dealer, in: context, options: options)
    }

    /// What the handshake comes to, as the server sees it.
    private func outcome(serverKey: CurvePublicKey) throws -> SocketEvent.Kind {
        let server = try makeServer()
        let client = try makeClient(serverKey: serverKey)
        var monitor = try SocketMonitor(server)
        try client.connect(server.lastEndpoint)
        return try monitor.nextEvent { kind in
            switch kind {
            case .handshakeSucceeded, .handshakeFailed, .handshakeFailedProtocol, .handshakeRefused, .disconnected: true
            default: false
            }
        }
    }

    @Test func `a known key is admitted under the name the responder gives it`() throws {
        let known = client.publicKey
        let requests = Asked()
        let responder = try ZapResponder(in: context) { request in
            requests.append(request)
            return request.publicKey == known && request.domain == "signals" ? .admit(userID: "bot-1") : .refuse
        }
        let server = try makeServer()
        let client = try makeClient(serverKey: self.server.publicKey)
        var message = Message()

        try client.connect(server.lastEndpoint)
        try client.send([42])
        _ = try server.nextFrame()
        try server.receive(into: &message)

        #expect(message.copy == [42])
        #expect(message.userID == "bot-1")
        #expect(message.peerAddress == "127.0.0.1")
        #expect(requests.all.map(\.domain) == ["signals"])
        responder.stop()
    }

    @Test func `an unknown key is refused`() throws {
        let responder = try ZapResponder(in: context) { _ in .refuse }

        #expect(try outcome(serverKey: server.publicKey) == .handshakeRefused(status: 400))
        responder.stop()
    }

    @Test func `a client that expects another server gets nowhere`() throws {
        let responder = try ZapResponder(in: context) { _ in .admit(userID: "anybody") }

        #expect(try outcome(serverKey: client.publicKey) != .handshakeSucceeded)
        responder.stop()
    }

    @Test func `without a responder nobody is admitted`() throws {
        #expect(try outcome(serverKey: server.publicKey) != .handshakeSucceeded)
    }

    @Test func `after the responder has died nobody is admitted`() throws {
        let responder = try ZapResponder(in: context) { _ in .admit(userID: "anybody") }
        #expect(try outcome(serverKey: server.publicKey) == .handshakeSucceeded)

        #expect(responder.isAnswering)

        responder.stop()

        #expect(!responder.isAnswering)
        #expect(try outcome(serverKey: server.publicKey) != .handshakeSucceeded)
    }

    @Test func `a context has one responder at a time`() throws {
        let first = try ZapResponder(in: context) { _ in .refuse }
        #expect(throws: ZeroMQError.addressInUse) { _ = try ZapResponder(in: context) { _ in .refuse } }

        first.stop()
    }

    /// The requests a responder's thread has seen.
    private final class Asked: Sendable {
        private let requests = Mutex<[ZapRequest]>([])
        var all: [ZapRequest] { requests.withLock { $0 } }
        func append(_ request: ZapRequest) { requests.withLock { $0.append(request) } }
    }
}
