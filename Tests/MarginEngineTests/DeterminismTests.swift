import Handover
import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

@Suite struct DeterminismTests {
    /// A stream in which owners of several pools, which lie in several shards, are charged by their size.
    static let records = GeneratedStream(seed: 9, size: .small).batches.enumerated().map { place, batch in
        EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
    }

    @Test(arguments: [2, 4, 7])
    func `any number of shards finds the same signals in the same order`(shardCount: Int) async throws {
        let whole = try await Self.fold(shardCount: 1, inBatchesOf: 1)
        let sharded = try await Self.fold(shardCount: shardCount, inBatchesOf: 64)

        #expect(!whole.isEmpty)
        #expect(sharded == whole)
    }

    @Test func `every kernel variant that this CPU has finds the same signals`() async throws {
        let best = KernelVariant.current
        let expected = try await Self.fold(shardCount: 1, inBatchesOf: 256)

        for variant in KernelVariant.available {
            variant.select()
            #expect(try await Self.fold(shardCount: 1, inBatchesOf: 256) == expected, "\(variant)")
        }
        best.select()
    }

    private static func fold(shardCount: Int, inBatchesOf size: Int) async throws -> [Signal] {
        let executor = try ThreadExecutor(name: "fold")
        var engine = try ShardedEngine(shardCount: shardCount, log: LogID(1), first: executor) { share in
            EngineState(share: share, parameters: .bootstrap)
        }
        var signals: [Signal] = []
        for start in stride(from: 0, to: records.count, by: size) {
            let batch = await engine.fold(Array(records[start..<min(start + size, records.count)]))
            signals += batch?.signals ?? []
        }
        return signals
    }
}
