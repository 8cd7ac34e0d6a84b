import Handover
import MarginDomain
import MarginWire
import ZeroMQ

/// What comes back: signals of the engine, or the exchange's own messages from an echo.
enum Reply: Sendable {
    case signal
    case echo

    /// The event time that a message carries: that of the sample that caused it.
    ///
    /// - Returns: nil for messages that answer no sample.
    func eventTime(topic: RawSpan, body: RawSpan) throws(WireError) -> Timestamp? {
        switch self {
        case .signal: topic.begins(with: "sig.") ? try SignalFrame(body).root.eventTime : nil
        case .echo: topic.begins(with: "px.") ? try BatchFrame<MarkPriceFlyweight>(body).header.sendingTime : nil
        }
    }
}

/// A subscriber on a thread of its own: notes when each reply arrives.
actor Listener {
    private nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    private let socket: Socket
    private var poller = Poller()
    private var topic = Message()
    private var body = Message()

    init(to endpoint: String, topics: [String], in context: ZeroMQContext) throws {
        executor = try ThreadExecutor(name: "bench-listener")
        var options = SocketOptions()
        options.receiveHighWaterMark = 100_000
        options.reconnectMaxMilliseconds = 100
        socket = try Socket(.sub, in: context, options: options)
        for topic in topics { try socket.subscribe(to: Array(topic.utf8)) }
        try socket.connect(endpoint)
        _ = poller.watch(socket)
    }

    deinit { executor.stop() }

    /// A reply and when it came.
    struct Arrival: Sendable {
        let eventTime: Timestamp
        /// Time of day, nanoseconds.
        let received: Int64
    }

    /// Waits until the engine says that it has folded everything up to an event time, durably.
    ///
    /// - Returns: false if it does not within `milliseconds` of the call.
    func waitForHeartbeat(at time: Timestamp, milliseconds: Int) throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .milliseconds(milliseconds))
        while ContinuousClock.now < deadline {
            _ = try poller.wait(timeoutMilliseconds: 10)
            while try receive() {
                guard topic.bytes.begins(with: "hb."),
                    case .heartbeat(let heartbeat) = try SBEDecoder.decodeOutbound(body.bytes)
                else { continue }
                if heartbeat.time >= time, heartbeat.committedRecord >= heartbeat.record { return true }
            }
        }
        return false
    }

    /// Waits for any message.
    func waitForAnything(milliseconds: Int) throws -> Bool {
        guard try poller.wait(timeoutMilliseconds: milliseconds) > 0 else { return false }
        while try receive() {}
        return true
    }

    /// Notes so many replies to what was sent from an event time on, or those of them that come until a time of day.
    func collect(_ count: Int, _ reply: Reply, from first: Timestamp, until deadline: Int64) throws -> [Arrival] {
        var arrivals: [Arrival] = []
        arrivals.reserveCapacity(count)
        while arrivals.count < count, ClockReading.timeOfDay < deadline {
            _ = try poller.wait(timeoutMilliseconds: 100)
            while arrivals.count < count, try receive() {
                let received = ClockReading.timeOfDay
                guard let eventTime = try reply.eventTime(topic: topic.bytes, body: body.bytes), eventTime >= first
                else { continue }
                arrivals.append(Arrival(eventTime: eventTime, received: received))
            }
        }
        return arrivals
    }

    private func receive() throws -> Bool {
        guard try socket.tryReceive(into: &topic) else { return false }
        // A message arrives whole.
        if topic.hasMore { _ = try socket.tryReceive(into: &body) }
        return true
    }
}

extension RawSpan {
    func begins(with text: StaticString) -> Bool {
        guard byteCount >= text.utf8CodeUnitCount else { return false }
        for place in 0..<text.utf8CodeUnitCount {
            // SAFETY: below both counts.
            guard unsafe unsafeLoad(fromByteOffset: place, as: UInt8.self) == text.utf8Start[place] else {
                return false
            }
        }
        return true
    }
}
