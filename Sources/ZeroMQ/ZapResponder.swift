internal import Synchronization

/// Decides on a thread of its own which peers are admitted to the context's encrypted sockets.
///
/// Encryption alone admits everybody who knows the server's public key. One responder per context, made before encrypted sockets bind, kept for as long as they live.
/// It fails closed: sockets made with `SocketSecurity.curveServer` refuse everybody while no responder runs. A key is looked at in the handshake only, so refusing it later does not cut a live connection.
public final class ZapResponder: Sendable {
    private struct Running: ~Copyable {
        let control: Socket
        let thread: ZapThread
    }

    private let running: Mutex<Running?>
    private let liveness = ZapLiveness()

    /// Whether requests are being answered; false after `stop`, after the context's shutdown, and after a failure, which a supervisor must look for.
    public var isAnswering: Bool { liveness.isAnswering.load(ordering: .acquiring) }

    /// Starts answering.
    ///
    /// - Parameter decide: called on the responder's thread, one request at a time; handshakes wait for it.
    public init(in context: ZeroMQContext, decide: @escaping @Sendable (ZapRequest) -> ZapDecision) throws(ZeroMQError)
    {
        let endpoint = "inproc://zap-control-\(ZapResponder.number.wrappingAdd(1, ordering: .relaxed).newValue)"
        let control = try Socket(.pair, in: context)
        try control.bind(endpoint)
        let thread = try ZapThread(ZapLoop(in: context, controlEndpoint: endpoint, liveness: liveness, decide: decide))
        running = Mutex(Running(control: control, thread: thread))
    }

    deinit { stop() }

    /// Answers no more, and waits for the thread to end; from then on every peer is refused. A second call does nothing.
    public func stop() {
        running.withLock { running in
            guard let last = running.take() else { return }
            do throws(ZeroMQError) {
                _ = try last.control.trySend([])
            } catch {
                // Only a shutdown makes the first message to a connected peer fail, and the shutdown itself ends the loop.
                assert(error == .contextTerminated, "The responder could not be told to stop: \(error)")
            }
            last.thread.join()
        }
    }

    private static let number = Atomic<Int>(0)
}

/// Tells the responder's owner what its thread does.
final class ZapLiveness: Sendable {
    let isAnswering = Atomic<Bool>(true)
}
