import MarginDomain
import ZeroMQ

/// One endpoint's sockets.
final class FeedLink {
    let endpoint: FeedEndpoint
    let place: Int
    private let subscription: EventSubscription
    private let line: RecoveryLine

    init(
        _ endpoint: FeedEndpoint, at place: Int, in context: ZeroMQContext, options: SocketOptions
    ) throws(ZeroMQError) {
        self.endpoint = endpoint
        self.place = place
        subscription = try EventSubscription(endpoint, in: context, options: options)
        line = try RecoveryLine(endpoint, in: context, options: options)
    }

    func boundEndpoint() throws(ZeroMQError) -> String? { try subscription.boundEndpoint() }

    func watch(in poller: inout Poller) {
        subscription.watch(in: &poller)
        line.watch(in: &poller)
    }

    func tend() throws(ZeroMQError) -> Int { try subscription.tend(at: .now) }

    func run(_ action: Errand.Action, _ intake: inout FrameIntake) throws(ZeroMQError) {
        switch action {
        case .hangUp: try line.hangUp()
        case .ask(let question): try line.ask(intake.written(question, endpoint.encoding))
        }
    }

    /// Takes what has arrived, at most `countMax` messages of each socket, and returns how many there were.
    func receive(countMax: Int, into reception: inout Reception) throws(ZeroMQError) -> Int {
        try receiveEvents(countMax: countMax, into: &reception)
            + receiveAnswers(countMax: countMax, into: &reception)
    }

    private func receiveEvents(countMax: Int, into reception: inout Reception) throws(ZeroMQError) -> Int {
        var topic = Message()
        var body = Message()
        for count in 0..<countMax {
            guard try subscription.tryReceive(into: &topic) else { return count }
            guard topic.hasMore else {
                reception.refuse(.frameCount(1), topic: RawSpan(), body: topic.bytes, endpoint.events)
                continue
            }
            _ = try subscription.tryReceive(into: &body)
            guard !body.hasMore else {
                reception.refuse(.frameCount(3), topic: topic.bytes, body: body.bytes, endpoint.events)
                try subscription.discardRest(after: &body)
                continue
            }
            reception.receive(topic: topic.bytes, body: body.bytes, on: self)
        }
        return countMax
    }

    private func receiveAnswers(countMax: Int, into reception: inout Reception) throws(ZeroMQError) -> Int {
        var message = Message()
        var answer = Multipart()
        for count in 0..<countMax {
            do throws(ZeroMQError) {
                guard try line.tryReceive(into: &answer, reusing: &message) else { return count }
            } catch {
                guard case .frameLimitExceeded(let limit) = error else { throw error }
                reception.refuse(.frameCount(limit + 1), topic: RawSpan(), body: RawSpan(), endpoint.recovery)
                continue
            }
            guard answer.frameCount == 2 else {
                reception.refuse(.frameCount(1), topic: RawSpan(), body: answer.frame(0), endpoint.recovery)
                continue
            }
            reception.receiveAnswer(topic: answer.frame(0), body: answer.frame(1), on: self)
        }
        return countMax
    }
}
