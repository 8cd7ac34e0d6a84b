import Testing
import ZeroMQ

@Suite struct SocketMonitorTests {
    @Test func `a connection is reported from the first step to the last`() throws {
        let context = try ZeroMQContext()
        var server: Socket? = try Socket(.xpub, in: context)
        try server?.bind("tcp://127.0.0.1:*")
        let client = try Socket(.sub, in: context)
        var monitor = try SocketMonitor(client)
        let endpoint = try #require(try server?.lastEndpoint)

        try client.connect(endpoint)
        #expect(try monitor.nextEvent { $0 == .connected || $0 == .handshakeSucceeded } == .connected)
        #expect(try monitor.nextEvent { $0 == .handshakeSucceeded || $0 == .disconnected } == .handshakeSucceeded)

        try server?.unbindAndWait(endpoint)
        server = nil
        #expect(try monitor.nextEvent { $0 == .disconnected || $0 == .handshakeSucceeded } == .disconnected)
        _ = try monitor.nextEvent { if case .connectRetried = $0 { true } else { false } }
    }

    @Test func `a monitor may go before its socket, and after it`() throws {
        let context = try ZeroMQContext()
        let first = try Socket(.sub, in: context)
        do { _ = try SocketMonitor(first) }
        #expect(throws: Never.self) { try first.connect("tcp://127.0.0.1:1") }

        var late: SocketMonitor?
        do {
            let second = try Socket(.sub, in: context)
            late = try SocketMonitor(second)
        }
        let stopped = try late?.nextEvent { $0 == .monitorStopped }
        #expect(stopped == .monitorStopped)
    }
}
