import Handover
import MarginConsole
import MarginDomain
import MarginEngine
import MarginFeed
import MarginLog
import MarginModel

/// Folds a log that nobody writes: recovery after a restart, and `plimsoll verify`.
struct LogFold {
    private(set) var engine: ShardedEngine
    /// Batches folded.
    private(set) var batchCount = 0
    /// Events in them.
    private(set) var eventCount = 0
    /// Where the log ends for a feed: the last number of every source, and all exponents.
    private(set) var feedStart = FeedStart(epoch: Epoch(0))
    /// What the log says about risk parameters, so that bootstrap does not say it again.
    private(set) var parameterisedAssets: Set<AssetID> = []
    private(set) var parameterisedMethods: Set<Symbol> = []
    /// The next sequence number of the engine's own source.
    private(set) var nextOwnSequence = SequenceNumber(1)
    /// Names of what was listed.
    private(set) var names = Nomenclature()
    /// Claims and acknowledgements, in order.
    private(set) var acknowledged: [SignalAcknowledged] = []

    /// The last data record folded.
    private(set) var lastRecord = RecordNumber.start
    /// Its incarnation of the log.
    private(set) var lastEpoch = Epoch(0)

    /// Records folded at a time.
    private static let stride = 256

    init(shardCount: Int, log: LogID, on executor: ThreadExecutor, display: DisplayRules) throws {
        engine = try ShardedEngine(shardCount: shardCount, log: log, first: executor) { share in
            EngineState(share: share, parameters: .bootstrap, display: display)
        }
    }

    /// Folds every data record that the reader has, or those up to one, handing over what it finds.
    mutating func fold(_ reader: LogReader, upTo last: RecordNumber? = nil, found: (SignalBatch) async throws -> Void)
        async throws
    {
        var records: [EventRecord] = []
        while let record = try reader.next() {
            if let last, record.number > last { break }
            guard let event = try BatchRecords.batch(of: record) else { continue }
            note(event.batch)
            (lastRecord, lastEpoch) = (event.number, event.epoch)
            records.append(event)
            if records.count == Self.stride {
                if let batch = await engine.fold(records) { try await found(batch) }
                records.removeAll(keepingCapacity: true)
            }
        }
        if let batch = await engine.fold(records) { try await found(batch) }
    }

    /// The feed that follows works in a new incarnation of the log.
    mutating func continueAs(_ epoch: Epoch) { feedStart.epoch = epoch }

    private mutating func note(_ batch: EventBatch) {
        batchCount += 1
        eventCount += batch.events.count
        feedStart.note(batch)
        names.learn(batch.events)
        switch batch.events {
        case .riskParameters(let entries):
            for entry in entries where entry.status == .effective {
                if entry.isOfMethod {
                    parameterisedMethods.insert(entry.model)
                } else {
                    parameterisedAssets.insert(entry.asset)
                }
            }
        case .signalAcknowledged(let events): acknowledged += events
        default: break
        }
        if batch.header.source == .engine {
            nextOwnSequence = batch.header.firstSequence.advanced(by: batch.events.count)
        }
    }
}
