import Testing
import ZeroMQ

/// Upper bound of every wait of these tests; reached only when something is broken.
let patienceMilliseconds = 20_000

extension Message {
    /// A copy of the frame.
    var copy: [UInt8] { bytes.withUnsafeBytes { Array($0) } }
}

extension Socket {
    /// Waits for one frame and copies it.
    func nextFrame() throws -> [UInt8] {
        var message = Message()
        var poller = Poller()
        let slot = poller.watch(self)
        let readyCount = try poller.wait(timeoutMilliseconds: patienceMilliseconds)
        try #require(readyCount == 1 && poller.readiness(of: slot) == .readable)
        let received = try tryReceive(into: &message)
        try #require(received)
        return message.copy
    }

    /// Gives the endpoint free and waits until another socket can bind it.
    func unbindAndWait(_ endpoint: String) throws {
        var monitor = try SocketMonitor(self)
        try unbind(endpoint)
        _ = try monitor.nextEvent { $0 == .closed }
    }

    /// Waits for one subscription or its end.
    func nextNotice() throws -> SubscriptionNotice? {
        let frame = try nextFrame()
        return SubscriptionNotice(frame.span.bytes)
    }
}

extension SocketMonitor {
    /// Waits for the first event that the test accepts; other events are passed over.
    mutating func nextEvent(where isWanted: (SocketEvent.Kind) -> Bool) throws -> SocketEvent.Kind {
        var poller = Poller()
        _ = poller.watch(self)
        while true {
            while let event = try next() {
                if isWanted(event.kind) { return event.kind }
            }
            let readyCount = try poller.wait(timeoutMilliseconds: patienceMilliseconds)
            try #require(readyCount == 1)
        }
    }
}
