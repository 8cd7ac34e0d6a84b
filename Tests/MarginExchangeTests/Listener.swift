import Handover
import MarginDomain
import MarginWire
import Testing
import ZeroMQ

@testable import MarginExchange

/// A peer of the publisher that waits on a thread of its own, since waiting must not take one of the test runner's.
actor Listener {
    private nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var socket: Socket
    private var message = Message()
    private var multipart = Multipart()

    /// Upper bound of every wait; reached only when something is broken.
    private static let patienceMilliseconds = 20_000

    /// Connects; a subscriber takes all topics that begin with `topic`.
    init(_ kind: SocketKind, to endpoint: String, topic: String = "", in context: ZeroMQContext) throws {
        executor = try ThreadExecutor(name: "listener")
        let socket = try Socket(kind, in: context)
        if kind == .sub { try socket.subscribe(to: Array(topic.utf8)) }
        try socket.connect(endpoint)
        self.socket = socket
    }

    deinit { executor.stop() }

    func send(_ frames: [[UInt8]]) throws { try socket.send(frames: frames) }

    /// Waits for the next whole message.
    func next() throws -> [[UInt8]] {
        var poller = Poller()
        _ = poller.watch(socket)
        let readyCount = try poller.wait(timeoutMilliseconds: Self.patienceMilliseconds)
        try #require(readyCount == 1, "nothing arrived")
        let hasReceived = try socket.tryReceive(into: &multipart, reusing: &message, frameCountMax: 8)
        try #require(hasReceived)
        return (0..<multipart.frameCount).map { multipart.copyOfFrame($0) }
    }

    /// Waits for batches until so many have come that are wanted.
    func batches(_ count: Int, where isWanted: @Sendable (EventBatch) -> Bool = { _ in true }) throws -> [EventBatch] {
        var batches: [EventBatch] = []
        while batches.count < count {
            let frames = try next()
            try #require(frames.count == 2)
            let body = frames[1]
            let batch = try SBEDecoder.decodeBatch(body.span.bytes)
            if isWanted(batch) { batches.append(batch) }
        }
        return batches
    }
}

/// A publisher at work on a thread of its own, for as long as `body` takes.
func withPublisher<Result: Sendable>(
    of exchange: SyntheticExchange, waitsForSubscriber: Bool = true,
    _ body: @Sendable (ExchangePublisher, ZeroMQContext) async throws -> Result
) async throws -> Result {
    let context = try ZeroMQContext()
    let thread = try ThreadExecutor(name: "exchange")
    let configuration = PublisherConfiguration(pace: .unpaced, waitsForSubscriber: waitsForSubscriber)
    let publisher = try ExchangePublisher(exchange, configuration, in: context, on: thread)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await publisher.run() }
        do {
            let result = try await body(publisher, context)
            await publisher.stop()
            try await group.waitForAll()
            thread.stop()
            return result
        } catch {
            await publisher.stop()
            try await group.waitForAll()
            thread.stop()
            throw error
        }
    }
}
