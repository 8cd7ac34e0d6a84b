import MarginDomain
import MarginFeed
import MarginWire
import ZeroMQ

/// A working publisher of one source on loopback: it keeps what it sends, and serves replays and snapshots of it.
struct ReferencePublisher: ~Copyable {
    private let events: Socket
    private let recovery: Socket
    private var poller = Poller()
    private var kept: [EventBatch] = []
    private var mirror = JSONMirror()
    private let encoding: FeedEncoding

    /// Where a feed finds it.
    let endpoint: FeedEndpoint

    init(_ encoding: FeedEncoding = .sbe, in context: ZeroMQContext) throws {
        var options = SocketOptions()
        options.xpub.passesRepeatedSubscriptions = true
        let events = try Socket(.xpub, in: context, options: options)
        let recovery = try Socket(.router, in: context)
        try events.bind("tcp://127.0.0.1:*")
        try recovery.bind("tcp://127.0.0.1:*")
        endpoint = FeedEndpoint(
            events: try events.lastEndpoint, recovery: try recovery.lastEndpoint, encoding: encoding)
        _ = poller.watch(events)
        _ = poller.watch(recovery)
        self.events = events
        self.recovery = recovery
        self.encoding = encoding
    }

    /// Waits until the feed has subscribed, so that nothing is sent into the void.
    mutating func awaitSubscriber() async throws {
        var notice = Message()
        for _ in 0..<Self.roundsMax {
            if try events.tryReceive(into: &notice) { return }
            try await pause()
        }
        throw Overdue()
    }

    /// Sends a message and keeps it.
    mutating func publish(_ batch: EventBatch) throws {
        kept.append(batch)
        try send(batch)
    }

    /// Keeps a message that the subscriber never sees, as if the network had lost it.
    mutating func lose(_ batch: EventBatch) { kept.append(batch) }

    /// Sends a message that is not kept.
    mutating func send(_ batch: EventBatch) throws {
        try sendRaw([Array(topic(of: batch).utf8), try body(.batch(batch))])
    }

    /// Sends whatever frames.
    func sendRaw(_ frames: [[UInt8]]) throws { try events.send(frames: frames) }

    /// Answers questions until the condition holds, saying each time what the next number is.
    ///
    /// - Throws: ``Overdue`` after a number of rounds that no working feed needs.
    mutating func serve(until isDone: () throws -> Bool) async throws {
        for _ in 0..<Self.roundsMax {
            if try isDone() { return }
            if let next { try send(Sample.heartbeat(next: next)) }
            try await pause()
            try serve()
        }
        throw Overdue()
    }

    /// Waits a moment for the feed to say something, and lets other tasks of the test run.
    private mutating func pause() async throws {
        _ = try poller.wait(timeoutMilliseconds: 2)
        await Task.yield()
    }

    private static let roundsMax = 10_000

    /// A condition did not come about.
    struct Overdue: Error {}

    /// The number after the last message kept; nil if there is none.
    private var next: UInt64? { kept.last.map { $0.header.firstSequence.rawValue + UInt64($0.events.count) } }

    /// Answers the questions that have arrived.
    private mutating func serve() throws {
        var message = Message()
        while try events.tryReceive(into: &message) {}
        var question = Multipart()
        while try recovery.tryReceive(into: &question, reusing: &message, frameCountMax: 3) {
            try answer(question.copyOfFrame(2), to: question.copyOfFrame(0))
        }
    }

    private mutating func answer(_ body: [UInt8], to asker: [UInt8]) throws {
        switch try read(body) {
        case .recovery(.busReplayRequest(let request)):
            let wanted = kept.filter {
                $0.header.firstSequence >= request.from && $0.header.firstSequence <= request.to
            }
            try answer(wanted, request.request, next: request.to.advanced(by: 1), to: asker)
        case .recovery(.busSnapshotRequest(let request)):
            try answer(kept, request.request, next: SequenceNumber(next ?? 1), to: asker)
        default: return
        }
    }

    private mutating func answer(
        _ batches: [EventBatch], _ request: RequestID, next: SequenceNumber, to asker: [UInt8]
    ) throws {
        for batch in batches {
            try recovery.send(frames: [asker, Array(topic(of: batch).utf8), try body(.batch(batch))])
        }
        let done = BusRecoveryDone(
            request: request, source: Sample.source, epoch: Epoch(1), nextSequence: next, complete: true)
        try recovery.send(frames: [asker, [], try body(.recovery(.busRecoveryDone(done)))])
    }

    private func topic(of batch: EventBatch) -> String { batch.events.kind.topicPrefix }

    private mutating func body(_ message: WireMessage) throws -> [UInt8] {
        if encoding == .json { return try mirror.encode(message) }
        var encoder = SBEEncoder()
        try encoder.encode(message)
        return encoder.frame
    }

    private mutating func read(_ body: [UInt8]) throws -> WireMessage {
        if encoding == .json { return try mirror.decode(body.span.bytes) }
        return try SBEDecoder.decode(body.span.bytes)
    }
}
