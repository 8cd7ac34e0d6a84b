import MarginDomain
import MarginWire
import ZeroMQ

/// Asks a running engine, one question at a time.
struct EngineAsker: ~Copyable {
    private let socket: Socket
    private var poller = Poller()
    private var encoder = SBEEncoder()
    private var request: UInt8 = 0

    /// No answer came in time, or none that fits.
    struct NoAnswer: Error, CustomStringConvertible {
        let description: String
    }

    /// How long an engine may take.
    private static var patience: Duration { .seconds(10) }

    init(_ endpoint: String, in context: ZeroMQContext) throws {
        var options = SocketOptions()
        options.maxFrameBytes = Int64(EngineLimits.frameBytesMax)
        let dealer = try Socket(.dealer, in: context, options: options)
        try dealer.connect(endpoint)
        socket = dealer
        _ = poller.watch(socket)
    }

    /// The answers to a question, without their end.
    ///
    /// - Throws: the engine's refusal, or that there was no answer.
    mutating func ask(_ query: Query) throws -> [Answer] {
        request &+= 1
        try encoder.encode(query)
        try socket.send(frames: [[request], encoder.frame])
        var message = Message()
        var multipart = Multipart()
        var answers: [Answer] = []
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            guard try socket.tryReceive(into: &multipart, reusing: &message, frameCountMax: 3) else {
                _ = try poller.wait(timeoutMilliseconds: 50)
                continue
            }
            // Answers to an earlier question that was given up are passed over.
            guard multipart.frameCount == 2, multipart.copyOfFrame(0) == [request] else { continue }
            switch try SBEDecoder.decodeAnswer(multipart.frame(1)) {
            case .queryDone: return answers
            case .queryError(let error): throw NoAnswer(description: "the engine refused: \(error.explanation)")
            case let answer: answers.append(answer)
            }
        }
        throw NoAnswer(description: "the engine did not answer in time")
    }

    /// The sets of parameters that the engine knows; the one in force comes first.
    mutating func parameters(_ version: ParameterVersion = ParameterVersion(0)) throws -> [ParametersAnswer] {
        let pages = try ask(.parametersQuery(ParametersQuery(version: version))).compactMap { answer in
            if case .parametersAnswer(let page) = answer { page } else { nil }
        }
        return ParametersAnswer.joined(pages)
    }

    mutating func preview(_ version: ParameterVersion) throws -> PreviewAnswer {
        for case .previewAnswer(let answer) in try ask(.previewQuery(PreviewQuery(version: version))) { return answer }
        throw NoAnswer(description: "the engine gave no preview")
    }

    mutating func heartbeat() throws -> Heartbeat {
        for case .heartbeat(let heartbeat) in try ask(.snapshotQuery(SnapshotQuery(prefix: Symbol(ascii: "hb.")))) {
            return heartbeat
        }
        throw NoAnswer(description: "the engine has no heartbeat")
    }
}
