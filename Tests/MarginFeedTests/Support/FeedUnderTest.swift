import MarginDomain

@testable import MarginFeed

/// A feed state with its effects gathered, and a clock that the test moves.
struct FeedUnderTest {
    var state: FeedState
    var effects = FeedEffects()
    private(set) var now = Timestamp.zero

    init(from start: FeedStart = FeedStart(epoch: Epoch(1))) {
        let endpoint = FeedEndpoint(events: "inproc://events", recovery: "inproc://recovery")
        state = FeedState(FeedConfiguration(endpoints: [endpoint]), from: start)
        state.tick(now: now, into: &effects)
    }

    mutating func receive(_ batch: EventBatch) { state.receive(batch, on: 0, into: &effects) }

    mutating func answer(_ batch: EventBatch) { state.receiveAnswer(batch, on: 0, now: now, into: &effects) }

    /// Ends the answer to the last question.
    mutating func finish(next: UInt64, complete: Bool = true, epoch: UInt32 = 1) {
        guard let question = state.desks[0].question else { return }
        let done = BusRecoveryDone(
            request: question.request, source: question.source, epoch: Epoch(epoch),
            nextSequence: SequenceNumber(next), complete: complete)
        state.finish(done, on: 0, now: now, into: &effects)
    }

    /// Lets time pass while the feed listens.
    mutating func pass(milliseconds: Int32) {
        var left = milliseconds
        while left > 0 {
            now = now + .milliseconds(min(left, 50))
            state.tick(now: now, into: &effects)
            left -= 50
        }
    }

    /// Lets time pass in which the feed is held up.
    mutating func stall(milliseconds: Int32) {
        now = now + .milliseconds(milliseconds)
        state.tick(now: now, into: &effects)
    }

    /// The questions asked so far.
    var questions: [RecoveryMessage] {
        effects.errands.compactMap { errand in
            if case .ask(let question) = errand.action { return question }
            return nil
        }
    }

    var hangUpCount: Int { effects.errands.count { $0.action == .hangUp } }
}
