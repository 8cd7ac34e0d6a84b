import Testing

@testable import ZeroMQ

@Suite struct ConnectionWatchTests {
    private let start = ContinuousClock.now
    private var watch = ConnectionWatch(patience: .milliseconds(500))

    @Test mutating func `a loss that is followed by another try is no concern`() {
        watch.note(.disconnected, at: start)
        watch.note(.connectRetried(afterMilliseconds: 100), at: start + .milliseconds(1))

        #expect(watch.deadline == nil)
        #expect(!watch.isGivenUp(at: start + .seconds(60)))
    }

    @Test mutating func `a loss that nothing follows is given up when patience ends`() {
        watch.note(.connected, at: start)
        watch.note(.disconnected, at: start)
        watch.note(.closed, at: start + .milliseconds(100))

        #expect(watch.deadline == start + .milliseconds(500))
        #expect(!watch.isGivenUp(at: start + .milliseconds(499)))
        #expect(watch.isGivenUp(at: start + .milliseconds(500)))
    }

    @Test mutating func `patience counts from the first sign of the loss`() {
        watch.note(.handshakeFailedProtocol(code: 0), at: start)
        watch.note(.disconnected, at: start + .milliseconds(400))

        #expect(watch.isGivenUp(at: start + .milliseconds(500)))
    }

    @Test mutating func `a revival starts afresh`() {
        watch.note(.disconnected, at: start)
        watch.noteRevival()

        #expect(!watch.isGivenUp(at: start + .seconds(60)))
    }
}
