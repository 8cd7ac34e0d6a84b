import Testing

@testable import Handover

@Suite struct DoorbellTests {
    @Test func `parking with work at hand does not sleep`() throws {
        let bell = try Doorbell()

        #expect(bell.park(timeoutMilliseconds: 0, unless: { true }))
    }

    @Test func `a ring between the last look and the sleep is not lost`() throws {
        let bell = try Doorbell()

        let isAwake = bell.park(timeoutMilliseconds: 60_000) {
            bell.ring()
            return false
        }

        #expect(isAwake)
    }

    @Test func `a ring that nobody slept through leaves no wake-up behind`() throws {
        let bell = try Doorbell()
        bell.ring()

        #expect(!bell.park(timeoutMilliseconds: 0, unless: { false }))
    }

    @Test func `a signal that comes too late ends one sleep early, and only one`() throws {
        let bell = try Doorbell()
        bell.signal.raise()

        #expect(bell.park(timeoutMilliseconds: 0, unless: { false }))
        #expect(!bell.park(timeoutMilliseconds: 0, unless: { false }))
    }

    @Test func `a wake-up is used up by the one it woke`() throws {
        let bell = try Doorbell()
        let first = bell.park(timeoutMilliseconds: 60_000) {
            bell.ring()
            bell.ring()
            return false
        }

        #expect(first)
        #expect(!bell.park(timeoutMilliseconds: 0, unless: { false }))
    }
}
