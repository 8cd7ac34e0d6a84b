public import Handover
public import MarginDomain

/// One shard on its own thread: holds an ``EngineState`` and does nothing but fold and answer.
public actor EngineShard {
    private var state: EngineState
    private let executor: ThreadExecutor

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the shard keeps its executor alive for as long as it lives itself.
        unsafe executor.asUnownedSerialExecutor()
    }

    /// - Parameter executor: the thread to live on; a shard may share the pump's, which saves the hop.
    public init(_ state: EngineState, on executor: ThreadExecutor) {
        self.state = state
        self.executor = executor
    }

    /// Folds records in order; one result a record.
    public func fold(_ records: [EventRecord]) -> [RecordEffects] {
        records.map { state.apply($0) }
    }

    /// Publishes what display is owed while there is nothing to fold.
    public func publishOwed(atMost count: Int) -> RecordEffects { state.publishOwed(atMost: count) }

    /// Looks for regions while there is nothing to fold; false if none is wanted.
    func renewRegions(atMost count: Int) -> Bool { state.renewRegions(atMost: count) > 0 }

    /// Answers from the state as it is; empty if the question is about pools of another shard.
    public func answer(_ query: Query) -> [Answer] { state.answer(query) }

    /// Begins to answer a question that takes long, on a copy of what that needs.
    func begin(_ query: Query) -> QuestionStart { state.begin(query) }

    /// The sets of risk parameters that are in force or announced, as they were last published.
    var parameterStates: [ParameterState] { state.publishedParameters }

    /// Takes over what another shard reserved.
    func keep(_ query: CheckQuery, _ answer: CheckAnswer) { state.keep(query, answer) }

    /// Answers no check until whatever was reserved before a restart has lapsed.
    func holdChecks() { state.holdChecks() }

    /// The last record folded.
    public var lastRecord: RecordNumber { state.lastRecord }

    /// A copy of the state, for comparisons.
    public func snapshot() -> EngineState { state }
}
