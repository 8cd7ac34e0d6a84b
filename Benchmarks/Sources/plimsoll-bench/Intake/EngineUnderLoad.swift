import Handover
import MarginDomain
import MarginEngine
import MarginExchange
import MarginLog
import MarginModel
import MarginWire

/// Log and engine with open books, joined as in the product: frames in, durable records and their effects out.
///
/// ```
/// frame ─ decode ─▶ append to the log ─▶ ring ─▶ pump: fold, evaluate
///                        └─ writer thread: fdatasync
/// ```
struct EngineUnderLoad {
    let market: String
    private let log: SegmentedLog
    private var appender: BatchAppender<SegmentedLog>
    private let engine: ShardedEngine
    private let executor: ThreadExecutor
    private var stream: LoadStream

    /// What one run took and did.
    struct Outcome {
        var events = 0
        var evaluations: UInt64 = 0
        var signals = 0
        var seconds = 0.0
        var processorSeconds = 0.0
    }

    /// Opens books of so many customers' pools with ten positions each.
    init(pools: Int, underlyings: Int, in folder: LogFolder) async throws {
        var books = try BookGenerator(poolCount: pools, positionsPerPool: 10, underlyingCount: underlyings)
        let opening = books.opening()
        market =
            "\(books.catalogue.instruments.count) instruments, \(pools.grouped) pools of 10 positions and "
            + (pools < 200 ? "a maker that holds" : "\(pools / 100) makers that hold") + " the other sides"
        log = try folder.open()
        appender = BatchAppender(log)
        executor = try ThreadExecutor(name: "engine")
        let parameters = try ModelParameters.set(of: UnderlyingTerms.known.prefix(underlyings).map(\.asset))
        var engine = try ShardedEngine(shardCount: 1, log: LogFolder.id, first: executor) { share in
            EngineState(share: share, parameters: parameters)
        }
        for batch in opening { _ = await engine.fold([try appender.append(batch)]) }
        guard engine.merge.refusals.isEmpty else { throw OpeningRefused(refusals: engine.merge.refusals) }
        self.engine = engine
        stream = LoadStream(after: opening)
    }

    /// Ends the engine's thread and the log.
    func close() throws {
        executor.stop()
        try log.close()
    }

    /// Takes so many frames as fast as they are taken; returns when all are durable and all are folded.
    mutating func run(frames frameCount: Int) async throws -> Outcome {
        let frames = try encoded(stream.frames(frameCount))
        let room = try Doorbell()
        var records = Ring<EventRecord>(capacity: EngineLimits.handoverBatchesMax, work: executor.doorbell, room: room)
        var questions = Ring<QueryTicket>(capacity: 1, work: executor.doorbell)
        let producer = records.takeProducer()
        let pump = EnginePump(
            engine, records: records.takeConsumer(), questions: questions.takeConsumer(), on: executor)

        let begin = ClockReading()
        async let folded: Void = pump.run(into: SignalCount())
        let last = try take(frames, room, into: producer)
        let committed = try await log.barrier()
        await folded
        let end = ClockReading()

        let progress = await pump.counters
        let merge = await pump.merge
        guard progress.records == frameCount, progress.lastRecord == last, committed.number == last else {
            throw EventsLost(expected: frameCount, folded: progress.records, last: last, committed: committed.number)
        }
        return Outcome(
            events: progress.events, evaluations: merge.evaluationCount - engine.merge.evaluationCount,
            signals: progress.signals, seconds: Double(end.wall - begin.wall) / 1e9,
            processorSeconds: Double(end.process - begin.process) / 1e9)
    }

    private func encoded(_ batches: [EventBatch]) throws(WireError) -> [[UInt8]] {
        var encoder = SBEEncoder()
        var frames: [[UInt8]] = []
        for batch in batches {
            try encoder.encode(batch)
            frames.append(encoder.frame)
        }
        return frames
    }

    /// Does what the feed's thread does behind its socket. The ring's end goes with the last frame, which tells the
    /// pump that no more will come.
    private mutating func take(
        _ frames: [[UInt8]], _ room: Doorbell, into producer: consuming RingProducer<EventRecord>
    ) throws -> RecordNumber {
        var last = RecordNumber.start
        for frame in frames {
            let record = try appender.append(try SBEDecoder.decodeBatch(frame.wireBytes))
            last = record.number
            while !producer.push(record) {
                _ = room.park(timeoutMilliseconds: 5) { producer.hasRoom }
            }
        }
        return last
    }
}

/// Behind the engine: nothing but what the pump counts itself.
private struct SignalCount: EngineOutlet {
    mutating func take(_ batch: SignalBatch) {}
    mutating func take(_ reply: QueryReply) {}
}

/// The books could not be opened as they were meant.
struct OpeningRefused: Error, CustomStringConvertible {
    let refusals: [String: UInt64]
    var description: String { "the opening was refused in part: \(refusals)" }
}

/// Not everything that went in came out.
struct EventsLost: Error, CustomStringConvertible {
    let expected: Int
    let folded: Int
    let last: RecordNumber
    let committed: RecordNumber
    var description: String {
        "of \(expected) records \(folded) were folded; record \(last) was appended last, \(committed) is durable"
    }
}

extension Int {
    /// With thousands apart.
    var grouped: String { Double(self) < 10_000 ? "\(self)" : Double(self).figure }
}
