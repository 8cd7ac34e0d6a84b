import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct SignalTrackerTests {
    @Test func `signals in order are fresh and leave no gap`() {
        var tracker = SignalTracker()

        let verdicts = [signal(1, poolNumber: 1), signal(2, poolNumber: 2)].map { tracker.take($0) }

        #expect(verdicts == [.fresh, .fresh])
        #expect(tracker.gap == nil)
    }

    @Test func `a jump is a gap until it is filled`() {
        var tracker = SignalTracker()
        _ = tracker.take(signal(1, pool: 1))
        _ = tracker.take(signal(4, pool: 4))

        #expect(tracker.gap == StreamNumber(2)...StreamNumber(3))
        _ = tracker.take(signal(2, pool: 2))
        #expect(tracker.gap == StreamNumber(3)...StreamNumber(3))
        _ = tracker.take(signal(3, pool: 3))
        #expect(tracker.gap == nil)
        #expect(tracker.next == StreamNumber(5))
    }

    @Test func `a heartbeat shows what is missing at the end`() {
        var tracker = SignalTracker()
        _ = tracker.take(signal(1))

        let isCurrent = tracker.hear(heartbeat(signalNo: 3))

        #expect(isCurrent)
        #expect(tracker.gap == StreamNumber(2)...StreamNumber(3))
    }

    @Test func `a repetition is a duplicate, early or late`() {
        var tracker = SignalTracker()
        _ = tracker.take(signal(1, pool: 1))
        _ = tracker.take(signal(5, pool: 5))

        let verdicts = [signal(1, pool: 1), signal(5, pool: 5)].map { tracker.take($0) }

        #expect(verdicts == [.duplicate, .duplicate])
    }

    @Test func `an older signal of the same pool was overtaken`() {
        var tracker = SignalTracker()
        _ = tracker.take(signal(2, poolNumber: 2))

        let verdict = tracker.take(signal(1, poolNumber: 1))

        #expect(verdict == .overtaken)
    }

    @Test func `a lower epoch is fenced`() {
        var tracker = SignalTracker()
        _ = tracker.take(signal(1, epoch: 2))

        let verdict = tracker.take(signal(2, epoch: 1))
        let isCurrent = tracker.hear(heartbeat(signalNo: 9, epoch: 1))

        #expect(verdict == .fenced)
        #expect(!isCurrent)
        #expect(tracker.gap == nil)
    }
}
