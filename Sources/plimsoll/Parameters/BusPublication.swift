import MarginDomain
import MarginWire
import ZeroMQ

/// Messages that a command sends over the bus as a publisher of its own.
enum BusPublication {
    /// Sends messages as soon as an engine subscribes.
    ///
    /// - Throws: that nobody subscribed in time.
    static func send(_ batches: [EventBatch], topic: String, at endpoint: String, in context: ZeroMQContext) throws {
        var options = SocketOptions()
        options.lingerMilliseconds = 1000
        let socket = try Socket(.xpub, in: context, options: options)
        try socket.bind(endpoint)
        var poller = Poller()
        _ = poller.watch(socket)
        var notice = Message()
        // An engine whose publisher was away looks for it every five seconds at most.
        let deadline = ContinuousClock.now + .seconds(15)
        while try !socket.tryReceive(into: &notice) {
            guard ContinuousClock.now < deadline else {
                throw EngineAsker.NoAnswer(description: "\(endpoint): no engine subscribes here")
            }
            _ = try poller.wait(timeoutMilliseconds: 50)
        }
        var encoder = SBEEncoder()
        for batch in batches {
            try encoder.encode(batch)
            try socket.send(frames: [Array(topic.utf8), encoder.frame])
        }
    }
}
