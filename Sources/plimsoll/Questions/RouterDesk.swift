import MarginDomain
import ZeroMQ

/// Asks a running engine over its ROUTER, in JSON.
struct RouterDesk {
    let endpoint: String
    let patienceSeconds: Int

    /// Most frames of an answer: an empty one, the question's id, the body.
    private static let frameCountMax = 8
    private static let requestID = Array("plimsoll".utf8)

    /// The answers, one a line, without what ends them.
    ///
    /// - Throws: what stands in the way, after saying it.
    func answers(to question: Question) throws -> [String] {
        let found: [String]
        do { found = try bodies(of: question) } catch {
            complain("\(endpoint): \(error)")
            throw ExitStatus.wrongInput
        }
        guard let last = found.last, Self.isEnd(last) else {
            complain("\(endpoint): no complete answer within \(patienceSeconds) s; does an engine run there?")
            throw ExitStatus.engineFault
        }
        guard !Self.isError(last) else {
            complain(last)
            throw ExitStatus.wrongInput
        }
        return found.dropLast()
    }

    /// Everything that came until an end, or until patience did.
    private func bodies(of question: Question) throws(ZeroMQError) -> [String] {
        let context = try ZeroMQContext()
        var options = SocketOptions()
        options.maxFrameBytes = Int64(EngineLimits.frameBytesMax)
        let socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint)
        try socket.send(frames: [[], Self.requestID, Array(question.text.utf8)])
        var poller = Poller()
        _ = poller.watch(socket)
        var frames = Multipart()
        var message = Message()
        var bodies: [String] = []
        let end = ContinuousClock.now.advanced(by: .seconds(patienceSeconds))
        while ContinuousClock.now < end {
            _ = try poller.wait(timeoutMilliseconds: 100)
            while try socket.tryReceive(into: &frames, reusing: &message, frameCountMax: Self.frameCountMax) {
                guard frames.frameCount > 0 else { continue }
                let body = String(decoding: frames.copyOfFrame(frames.frameCount - 1), as: UTF8.self)
                bodies.append(body)
                if Self.isEnd(body) { return bodies }
            }
        }
        return bodies
    }

    // The mirror writes a message's name first.
    private static func isError(_ body: String) -> Bool { body.hasPrefix("{\"message\":\"QueryError\"") }

    private static func isEnd(_ body: String) -> Bool { isError(body) || body.hasPrefix("{\"message\":\"QueryDone\"") }
}
