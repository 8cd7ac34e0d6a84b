import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Members' shares of their pools, to the quantum, against the obvious implementation.
@Suite struct SharesEqualOracleTests {
    /// In the streams of these seeds many pools with several members are evaluated.
    @Test func `the engine shares every pool's requirement as the oracle does, and nobody adds more than alone`() {
        var compared = 0
        for seed in [7, 8, 10] as [UInt64] {
            var engine = EngineState(parameters: .bootstrap)
            var oracle = NaiveExchange()
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                _ = engine.apply(record)
                _ = oracle.apply(batch, record: record.number)
                for pool in oracle.evaluated where oracle.members(of: pool).count > 1 {
                    guard let expected = Self.shares(in: pool, &oracle) else { continue }
                    for case .explanation(let explanation) in engine.answer(
                        .explainQuery(ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0))))
                    {
                        #expect(explanation.members == expected, "pool \(pool) of seed \(seed), record \(place + 1)")
                        compared += 1
                    }
                    #expect(expected.allSatisfy { $0.component <= $0.standAlone }, "pool \(pool) of seed \(seed)")
                }
            }
        }
        #expect(compared > 150, "\(compared) pools")
    }

    private static func shares(in pool: PoolID, _ oracle: inout NaiveExchange) -> [MemberShare]? {
        guard let initial = oracle.shares(of: .initial, in: pool),
            let maintenance = oracle.shares(of: .maintenance, in: pool)
        else { return nil }
        return zip(initial.shares, maintenance.shares).map { initial, maintenance in
            MemberShare(
                account: initial.member.account, instrument: initial.member.instrument,
                standAlone: initial.standAlone, component: initial.component, share: initial.share,
                maintenanceShare: maintenance.share)
        }
    }
}
