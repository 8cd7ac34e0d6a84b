import MarginDomain
import MarginFeed
import Synchronization

/// Keeps what a feed hands on, for the test's own thread to look at.
final class Recorder: Sendable {
    struct Contents {
        var batches: [EventBatch] = []
        var letters: [DeadLetter] = []
        var report: FeedReport?
    }

    private let contents = Mutex(Contents())

    var batches: [EventBatch] { contents.withLock { $0.batches } }
    var letters: [DeadLetter] { contents.withLock { $0.letters } }
    var report: FeedReport? { contents.withLock { $0.report } }

    fileprivate func change(_ change: (inout Contents) -> Void) { contents.withLock { change(&$0) } }
}

/// A log that is a list.
struct RecordingOutlet: FeedOutlet, ~Copyable {
    let recorder: Recorder

    mutating func take(_ batch: EventBatch) throws(FeedError) { recorder.change { $0.batches.append(batch) } }

    mutating func keep(_ letter: DeadLetter) { recorder.change { $0.letters.append(letter) } }

    mutating func note(_ report: FeedReport) { recorder.change { $0.report = report } }
}

/// A log whose disk is full.
struct ClosedOutlet: FeedOutlet, ~Copyable {
    mutating func take(_ batch: EventBatch) throws(FeedError) { throw .outletClosed("The disk is full.") }

    mutating func keep(_ letter: DeadLetter) {}

    mutating func note(_ report: FeedReport) {}
}
