import MarginDomain
import MarginPublisher
import Synchronization

/// The log's watermark and the engine's ear, for the test's own thread to move and look at.
final class Surroundings: Sendable {
    struct Contents {
        var committed = RecordNumber.start
        var tickets: [QueryTicket] = []
        var records: [EventGroup] = []
    }

    let contents = Mutex(Contents())

    var tickets: [QueryTicket] { contents.withLock { $0.tickets } }

    func commit(_ record: UInt64) { contents.withLock { $0.committed = RecordNumber(record) } }
}

/// An engine that only listens.
struct ListeningOutlet: PublisherOutlet, ~Copyable {
    let surroundings: Surroundings

    var committed: RecordNumber { surroundings.contents.withLock { $0.committed } }

    mutating func ask(_ ticket: QueryTicket) -> Bool {
        surroundings.contents.withLock { $0.tickets.append(ticket) }
        return true
    }

    mutating func record(_ events: EventGroup) -> Bool {
        surroundings.contents.withLock { $0.records.append(events) }
        return true
    }
}
