import Handover
import MarginDomain
import MarginEngine
import MarginFeed
import MarginLog
import MarginPublisher

/// Behind the feed, on its thread: appends to the log, then hands the record to the engine.
///
/// Nothing before the log has an effect: a batch that cannot be appended ends the feed, and with it the process.
struct IntakeOutlet: ~Copyable, FeedOutlet {
    private var appender: BatchAppender<SegmentedLog>
    private var engine: Inlet<EventRecord>
    private var publisher: Inlet<PublisherInput>
    private var bootstrap: RiskBootstrap
    private let deadLetters: DeadLetterLedger
    /// The next number of the engine's own source, which has several writers but one appender: this one.
    private var nextOwn: SequenceNumber

    init(
        _ log: SegmentedLog, engine: consuming Inlet<EventRecord>, publisher: consuming Inlet<PublisherInput>,
        bootstrap: RiskBootstrap, nextOwn: SequenceNumber, deadLetters: DeadLetterLedger
    ) {
        self.nextOwn = nextOwn
        appender = BatchAppender(log)
        self.engine = engine
        self.publisher = publisher
        self.bootstrap = bootstrap
        self.deadLetters = deadLetters
    }

    mutating func take(_ batch: EventBatch) throws(FeedError) {
        let record = try append(batch)
        switch batch.events {
        case .assetListed, .instrumentListed: publisher.push(.listings(batch.events))
        case .signalAcknowledged(let events): publisher.push(.acknowledged(events, record: record.number))
        default: break
        }
        for parameters in bootstrap.records(after: batch, epoch: record.epoch) { _ = try append(parameters) }
    }

    /// Appends the parameters that the log lacks, before its first batch or its next.
    mutating func open(at time: Timestamp, epoch: Epoch) throws(FeedError) {
        for batch in bootstrap.opening(at: time, epoch: epoch) { _ = try append(batch) }
    }

    private mutating func append(_ batch: EventBatch) throws(FeedError) -> EventRecord {
        var batch = batch
        if batch.header.source == .engine {
            batch.header.firstSequence = nextOwn
            nextOwn = nextOwn.advanced(by: batch.events.count)
        }
        let record: EventRecord
        do { record = try appender.append(batch) } catch { throw .outletClosed("\(error)") }
        engine.push(record)
        return record
    }

    mutating func keep(_ letter: DeadLetter) { deadLetters.keep(letter) }

    mutating func note(_ report: FeedReport) {
        publisher.push(.inbound(sources: report.sources, deadLetters: report.counters.refused))
    }
}
