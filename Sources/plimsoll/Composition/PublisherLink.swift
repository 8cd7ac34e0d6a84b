import Handover
import MarginDomain
import MarginLog
import MarginPublisher

/// What the publisher needs of the rest: the commit watermark, the engine's ear, and the way into the log.
struct PublisherLink: ~Copyable, PublisherOutlet {
    private let log: SegmentedLog
    private var questions: RingProducer<QueryTicket>
    private var records: RingProducer<EventGroup>

    init(
        log: SegmentedLog, questions: consuming RingProducer<QueryTicket>, records: consuming RingProducer<EventGroup>
    ) {
        self.log = log
        self.questions = questions
        self.records = records
    }

    var committed: RecordNumber { log.committed }

    mutating func ask(_ ticket: QueryTicket) -> Bool { questions.push(ticket) }

    mutating func record(_ events: EventGroup) -> Bool { records.push(events) }
}
