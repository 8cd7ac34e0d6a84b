public import Handover
public import MarginDomain

/// Drains records and questions, folds, hands on what they caused: the engine's loop, on a thread of its own.
///
/// Questions are answered between two batches of records, at most ``queriesPerTurn`` at a time, so that they never
/// hold up events beyond that, and every answer is about a definite point of the log.
public actor EnginePump {
    private var engine: ShardedEngine
    private var records: RingConsumer<EventRecord>
    private var questions: RingConsumer<QueryTicket>
    private let executor: ThreadExecutor
    private var progress = EngineProgress()
    private var long = QuestionQueue()

    /// Most records folded in one turn.
    public static let recordsPerTurn = 256
    /// Most states published in a turn without records.
    public static let statesPerTurn = 16
    /// Most regions looked for in a turn without records: a fraction of a millisecond.
    public static let regionsPerTurn = 128
    /// Most questions answered in one turn.
    public static let queriesPerTurn = 16

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the pump keeps its executor alive for as long as it lives itself.
        unsafe executor.asUnownedSerialExecutor()
    }

    /// - Parameters:
    ///   - engine: after recovery; its first shard lives on `executor`.
    ///   - records: its work doorbell is the executor's.
    ///   - questions: its work doorbell is the executor's.
    public init(
        _ engine: ShardedEngine, records: consuming RingConsumer<EventRecord>,
        questions: consuming RingConsumer<QueryTicket>, on executor: ThreadExecutor
    ) {
        self.engine = engine
        self.records = records
        self.questions = questions
        self.executor = executor
    }

    /// Works until the producer of the records is gone and all of them are folded.
    public func run<Outlet: EngineOutlet & ~Copyable>(into outlet: consuming Outlet) async {
        var outlet = outlet
        while !records.isFinished {
            if executor.hasWaitingJobs { await Task.yield() }
            if await turn(into: &outlet) { continue }
            _ = executor.park { records.hasElement || questions.hasElement || records.isFinished }
        }
    }

    /// One turn; false if there was nothing to do.
    private func turn<Outlet: EngineOutlet & ~Copyable>(into outlet: inout Outlet) async -> Bool {
        var batch: [EventRecord] = []
        while batch.count < Self.recordsPerTurn, let record = records.pop() { batch.append(record) }
        // Nothing else changes the engine while it is away: the pump is its only user.
        var engine = self.engine
        let found = await engine.fold(batch)
        self.engine = engine
        if let found {
            progress.note(batch, found)
            outlet.take(found)
        }
        var answered = 0
        while answered < Self.queriesPerTurn, let ticket = questions.pop() {
            if let answers = await answers(to: ticket, engine) {
                outlet.take(QueryReply(number: ticket.number, answers: answers))
            }
            answered += 1
        }
        let isSearching = !long.isEmpty
        if isSearching {
            for reply in long.advance().replies { outlet.take(reply) }
        }
        if !batch.isEmpty || answered > 0 { return true }
        // A search waits for nobody, and nobody for a search.
        let isRenewing = await engine.renewRegions(atMost: Self.regionsPerTurn)
        guard let owed = await engine.publishOwed(atMost: Self.statesPerTurn) else { return isSearching || isRenewing }
        outlet.take(owed)
        return true
    }

    /// The answers to a question; nil for one that takes many turns, and for one that nobody waits for any more.
    private func answers(to ticket: QueryTicket, _ engine: ShardedEngine) async -> [Answer]? {
        guard let query = ticket.query else {
            long.forget(ticket.number)
            return nil
        }
        guard query.isLong else { return await engine.answer(query) }
        guard !long.isFull else { return [.queryError(QuestionQueue.busy)] }
        switch await engine.begin(query) {
        case .begun(let question):
            long.add(question, for: ticket.number)
            return nil
        case .refused(let error): return [.queryError(error)]
        case .elsewhere: return [.queryError(query.unanswered)]
        }
    }

    /// What went through so far.
    public var counters: EngineProgress { progress }

    /// What all shards found so far.
    public var merge: SignalMerge { engine.merge }

    /// The states as they are, one a shard.
    public func snapshots() async -> [EngineState] { await engine.snapshots() }
}

/// What went through an engine since it started.
public struct EngineProgress: Equatable, Sendable {
    public private(set) var records = 0
    public private(set) var events = 0
    public private(set) var signals = 0
    public private(set) var lastRecord = RecordNumber.start

    public init() {}

    mutating func note(_ batch: [EventRecord], _ found: SignalBatch) {
        records += batch.count
        events += batch.reduce(0) { $0 + $1.batch.events.count }
        signals += found.signals.count
        lastRecord = found.upTo
    }
}
