import MarginDomain
import MarginWire
import ZeroMQ

/// A consumer's socket that waits a bounded time for what it expects.
struct Client: ~Copyable {
    private let socket: Socket
    private var poller = Poller()

    /// Nothing came for longer than any working publisher takes.
    struct Overdue: Error {}

    /// A subscriber to topics that begin with `topic`.
    init(subscribingTo topic: String, at endpoint: String, in context: ZeroMQContext) throws {
        let socket = try Socket(.sub, in: context)
        try socket.subscribe(to: Array(topic.utf8))
        try socket.connect(endpoint)
        _ = poller.watch(socket)
        self.socket = socket
    }

    /// One that asks.
    init(askingAt endpoint: String, in context: ZeroMQContext) throws {
        let socket = try Socket(.dealer, in: context)
        try socket.connect(endpoint)
        _ = poller.watch(socket)
        self.socket = socket
    }

    /// Sends a question under the request id 42.
    func ask(_ query: Query, isDelimited: Bool = false) throws {
        var encoder = SBEEncoder()
        try encoder.encode(query)
        try socket.send(frames: (isDelimited ? [[]] : []) + [[42], encoder.frame])
    }

    /// Sends a question as text.
    func ask(json: String) throws { try socket.send(frames: [[42], Array(json.utf8)]) }

    /// The frames of the next message.
    mutating func next() async throws -> [[UInt8]] {
        var message = Message()
        var multipart = Multipart()
        for _ in 0..<10_000 {
            if try socket.tryReceive(into: &multipart, reusing: &message, frameCountMax: 4) {
                return (0..<multipart.frameCount).map { multipart.copyOfFrame($0) }
            }
            _ = try poller.wait(timeoutMilliseconds: 2)
            // The publisher's own task may need the thread.
            await Task.yield()
        }
        throw Overdue()
    }

    /// The next message of a stream.
    mutating func nextPublished() async throws -> Answer {
        let body = try await next()[1]
        return try SBEDecoder.decodeAnswer(body.span.bytes)
    }

    /// The next signal, and the heartbeats before it.
    mutating func nextSignal() async throws -> (signal: Signal, heartbeats: [Heartbeat]) {
        var heartbeats: [Heartbeat] = []
        while true {
            switch try await nextPublished() {
            case .signal(let signal): return (signal, heartbeats)
            case .heartbeat(let heartbeat): heartbeats.append(heartbeat)
            default: throw Overdue()
            }
        }
    }

    /// Reads heartbeats until one satisfies the condition; nothing else may come.
    mutating func heartbeat(where isAwaited: (Heartbeat) -> Bool) async throws -> Heartbeat {
        for _ in 0..<5000 {
            guard case .heartbeat(let heartbeat) = try await nextPublished() else { break }
            if isAwaited(heartbeat) { return heartbeat }
        }
        throw Overdue()
    }

    /// The answers to the last question, up to their end.
    mutating func answers() async throws -> [Answer] {
        var answers: [Answer] = []
        while true {
            let body = try await next().last ?? []
            answers.append(try SBEDecoder.decodeAnswer(body.span.bytes))
            if answers.done != nil || answers.error != nil { return answers }
        }
    }
}
