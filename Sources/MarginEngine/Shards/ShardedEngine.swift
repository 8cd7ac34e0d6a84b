public import Handover
public import MarginDomain

/// All shards together: fans records out, joins what they found.
public struct ShardedEngine: Sendable {
    private let shards: [EngineShard]
    /// What all shards found so far, joined.
    public private(set) var merge: SignalMerge

    /// - Parameters:
    ///   - first: the thread of the first shard, usually the caller's own.
    ///   - state: makes the empty state of one shard.
    public init(
        shardCount: Int, log: LogID, first: ThreadExecutor, state: (ShardShare) -> EngineState
    ) throws(HandoverError) {
        let map = ShardMap(shardCount: shardCount)
        var shards = [EngineShard(state(ShardShare(map, shard: 0)), on: first)]
        for shard in 1..<shardCount {
            let executor = try ThreadExecutor(name: "shard-\(shard)")
            shards.append(EngineShard(state(ShardShare(map, shard: shard)), on: executor))
        }
        self.shards = shards
        merge = SignalMerge(log: log)
    }

    /// Folds records in order, on all shards at once.
    ///
    /// - Returns: what they caused, nil if there were none.
    public mutating func fold(_ records: [EventRecord]) async -> SignalBatch? {
        guard !records.isEmpty else { return nil }
        guard shards.count > 1 else { return merge.merge([await shards[0].fold(records)]) }
        let parts = await withTaskGroup(of: (Int, [RecordEffects]).self) { group in
            for (place, shard) in shards.enumerated() {
                group.addTask { (place, await shard.fold(records)) }
            }
            return await group.reduce(into: Array(repeating: [RecordEffects](), count: shards.count)) { parts, part in
                parts[part.0] = part.1
            }
        }
        return merge.merge(parts)
    }

    /// Publishes what display is owed while there is nothing to fold; nil if nothing is owed.
    public func publishOwed(atMost count: Int) async -> SignalBatch? {
        var batch = SignalBatch(upTo: .start, eventTime: .zero)
        for shard in shards {
            let effects = await shard.publishOwed(atMost: count)
            batch.upTo = effects.record
            batch.eventTime = effects.eventTime
            batch.poolStates += effects.poolStates
            batch.accountGreeks += effects.accountGreeks
        }
        return batch.poolStates.isEmpty ? nil : batch
    }

    /// Looks for regions while there is nothing to fold; false if none is wanted.
    func renewRegions(atMost count: Int) async -> Bool {
        var found = false
        for shard in shards where await shard.renewRegions(atMost: count) { found = true }
        return found
    }

    /// Asks every shard; those that do not own what is asked about stay silent.
    ///
    /// - Returns: the answers, closed by a ``QueryDone``, or one ``QueryError`` that says why there are none.
    public func answer(_ query: Query) async -> [Answer] {
        var answers: [Answer] = []
        for shard in shards { answers += await shard.answer(query) }
        if let fault = answers.first(where: \.isError) { return [fault] }
        answers = answers.withOnePreview
        guard !answers.isEmpty else { return [.queryError(query.unanswered)] }
        if shards.count > 1, case .checkQuery(let query) = query, case .checkAnswer(let answer)? = answers.first {
            for shard in shards { await shard.keep(query, answer) }
        }
        let done = QueryDone(
            record: await shards[0].lastRecord, committed: .start, count: UInt64(answers.count), nextStreamNo: .start)
        return answers + [.queryDone(done)]
    }

    /// Begins to answer a question that takes long; whoever asked goes on with it between records.
    func begin(_ query: Query) async -> QuestionStart {
        for shard in shards {
            let start = await shard.begin(query)
            if case .elsewhere = start { continue }
            return start
        }
        return .refused(query.unanswered)
    }

    /// The sets of risk parameters that are in force or announced, as they were last published: for a publisher that
    /// takes up where a log ends.
    public func parameterStates() async -> [ParameterState] { await shards[0].parameterStates }

    /// Answers no check until whatever was reserved before a restart has lapsed.
    public func holdChecks() async {
        for shard in shards { await shard.holdChecks() }
    }

    /// The states as they are, one a shard.
    public func snapshots() async -> [EngineState] {
        var states: [EngineState] = []
        for shard in shards { states.append(await shard.snapshot()) }
        return states
    }
}
