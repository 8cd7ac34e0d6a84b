internal import Synchronization

/// What the responder's thread does: receive a request, decide, reply, until told to stop or the context is shut down.
final class ZapLoop {
    private let requests: Socket
    private let control: Socket
    private let liveness: ZapLiveness
    private let decide: @Sendable (ZapRequest) -> ZapDecision

    init(
        in context: ZeroMQContext, controlEndpoint: String, liveness: ZapLiveness,
        decide: @escaping @Sendable (ZapRequest) -> ZapDecision
    ) throws(ZeroMQError) {
        requests = try Socket(.rep, in: context)
        // Bound here and not on the thread, so that an address in use is the caller's error and handshakes find the responder at once.
        try requests.bind("inproc://zeromq.zap.01")
        control = try Socket(.pair, in: context)
        try control.connect(controlEndpoint)
        self.liveness = liveness
        self.decide = decide
    }

    func run() throws(ZeroMQError) {
        defer { liveness.isAnswering.store(false, ordering: .releasing) }
        var poller = Poller()
        let asked = poller.watch(requests)
        let stopped = poller.watch(control)
        var frames = Multipart()
        var message = Message()
        while true {
            _ = try poller.wait(timeoutMilliseconds: nil)
            if !poller.readiness(of: stopped).isEmpty { return }
            if !poller.readiness(of: asked).isEmpty { try answer(&frames, &message) }
        }
    }

    private func answer(_ frames: inout Multipart, _ message: inout Message) throws(ZeroMQError) {
        // libzmq itself is the only client, so a request of too many frames means that it broke; the loop then ends, and everybody is refused.
        guard try requests.tryReceive(into: &frames, reusing: &message, frameCountMax: 16) else { return }
        let requestID = frames.frameCount > 1 ? frames.copyOfFrame(1) : []
        let decision = ZapRequest(frames).map(decide) ?? .refuse
        try requests.send(frames: decision.frames(replyingTo: requestID))
    }
}
