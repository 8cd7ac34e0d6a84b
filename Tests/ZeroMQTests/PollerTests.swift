import Testing
import ZeroMQ

@Suite struct PollerTests {
    @Test func `only the slots that are ready say so`() throws {
        let context = try ZeroMQContext()
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        let silent = try Socket(.sub, in: context)
        try near.bind("inproc://ready")
        try far.connect("inproc://ready")
        try near.send([1])
        var poller = Poller()
        let (readable, writable, idle) = (
            poller.watch(far), poller.watch(near, for: [.readable, .writable]), poller.watch(silent)
        )

        #expect(try poller.wait(timeoutMilliseconds: patienceMilliseconds) == 2)
        #expect(poller.readiness(of: readable) == .readable)
        #expect(poller.readiness(of: writable) == .writable)
        #expect(poller.readiness(of: idle) == [])
    }

    @Test func `a slot that waits for nothing is never ready`() throws {
        let context = try ZeroMQContext()
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        try near.bind("inproc://nothing")
        try far.connect("inproc://nothing")
        var poller = Poller()
        let slot = poller.watch(near, for: .writable)

        poller.change(slot, to: [])

        #expect(try poller.wait(timeoutMilliseconds: 0) == 0)
        #expect(poller.readiness(of: slot) == [])
    }

    @Test func `waiting for a socket that was closed fails`() throws {
        var poller = Poller()
        do {
            let socket = try Socket(.sub, in: try ZeroMQContext())
            _ = poller.watch(socket)
        }

        #expect(throws: ZeroMQError.socketClosed) { try poller.wait(timeoutMilliseconds: 0) }
    }
}
