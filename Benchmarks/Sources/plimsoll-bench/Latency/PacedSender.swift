import Glibc
import Handover
import MarginDomain
import MarginWire
import ZeroMQ

/// An exchange's publisher on a thread of its own: sends at given moments, whether or not earlier messages have been
/// answered.
actor PacedSender {
    private nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the actor owns the executor, which therefore outlives every use of the reference.
        unsafe executor.asUnownedSerialExecutor()
    }

    private let socket: Socket
    private var poller = Poller()
    /// Where subscribers find it.
    nonisolated let endpoint: String

    init(in context: ZeroMQContext) throws {
        executor = try ThreadExecutor(name: "bench-sender")
        var options = SocketOptions()
        options.sendHighWaterMark = 100_000
        options.xpub.refusesWhenFull = true
        options.xpub.passesRepeatedSubscriptions = true
        socket = try Socket(.xpub, in: context, options: options)
        try socket.bind("tcp://127.0.0.1:*")
        endpoint = try socket.lastEndpoint
        _ = poller.watch(socket)
    }

    deinit { executor.stop() }

    /// Returns when somebody has subscribed.
    func waitForSubscriber(seconds: Int) throws {
        guard try poller.wait(timeoutMilliseconds: seconds * 1000) > 0 else { throw NobodyThere(seconds: seconds) }
        var notice = Message()
        while try socket.tryReceive(into: &notice) {}
    }

    func send(_ frames: [BusFrame]) throws {
        for frame in frames {
            try socket.send(frame.topic, more: true)
            try socket.send(frame.body)
        }
    }

    /// Sends each frame when it is due.
    ///
    /// - Returns: nanoseconds by which each was late.
    func send(_ frames: [DueFrame]) throws -> [Int64] {
        var late: [Int64] = []
        late.reserveCapacity(frames.count)
        for frame in frames {
            Self.sleep(until: frame.due)
            try socket.send(frame.frame.topic, more: true)
            try socket.send(frame.frame.body)
            late.append(ClockReading.timeOfDay - frame.due)
        }
        return late
    }

    /// Sleeps rather than spins: a spinning thread would take one of few cores from what is measured.
    private static func sleep(until due: Int64) {
        var time = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
        // SAFETY: a local variable; interrupted sleeps start again.
        while unsafe clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}

/// A peer did not connect.
struct NobodyThere: Error, CustomStringConvertible {
    let seconds: Int
    var description: String { "nobody subscribed within \(seconds) s" }
}
