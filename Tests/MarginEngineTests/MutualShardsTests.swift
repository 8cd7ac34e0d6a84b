import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Members of one mutual pool have pools on several shards, and nobody can tell.
@Suite struct MutualShardsTests {
    @Test(arguments: [2, 4, 7])
    func `any number of shards finds the same signals, states, shares and stakes after every record`(shardCount: Int) {
        var bound = 0
        for seed in [5, 13, 29] as [UInt64] {
            var whole = EngineState(parameters: .bootstrap)
            var wholeMerge = SignalMerge(log: LogID(1))
            let map = ShardMap(shardCount: shardCount)
            var shards = (0..<shardCount).map {
                EngineState(share: ShardShare(map, shard: $0), parameters: .bootstrap)
            }
            var merge = SignalMerge(log: LogID(1))
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                let expected = wholeMerge.merge([[whole.apply(record)]])
                var parts: [[RecordEffects]] = []
                for shard in shards.indices { parts.append([shards[shard].apply(record)]) }
                let found = merge.merge(parts)
                guard found?.signals == expected?.signals else {
                    Issue.record("signals of record \(place + 1), seed \(seed)")
                    return
                }
                for pool in whole.evaluatedPools {
                    let shard = map.shard(of: pool)
                    let (own, theirs) = (whole.margin(of: pool), shards[shard].margin(of: pool))
                    guard own?.margin == theirs?.margin, own?.state == theirs?.state else {
                        Issue.record("pool \(pool) after record \(place + 1), seed \(seed)")
                        return
                    }
                }
                guard place.isMultiple(of: 7) else { continue }
                for pool in whole.evaluatedPools {
                    let own = Self.explanation(of: pool, &whole)
                    let theirs = Self.explanation(of: pool, &shards[map.shard(of: pool)])
                    guard own?.stakes == theirs?.stakes, own?.members == theirs?.members else {
                        Issue.record("stakes of \(pool) after record \(place + 1), seed \(seed)")
                        return
                    }
                    if let stakes = own?.stakes, !stakes.isEmpty { bound += 1 }
                }
            }
        }
        #expect(bound > 100, "\(bound) stakes compared")
    }

    private static func explanation(of pool: PoolID, _ engine: inout EngineState) -> Explanation? {
        let answers = engine.answer(
            .explainQuery(ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0))))
        guard case .explanation(let explanation)? = answers.first else { return nil }
        return explanation
    }
}
