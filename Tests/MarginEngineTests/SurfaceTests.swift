import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Surfaces with arbitrage, and volatilities that nobody renews, in the fold.
@Suite struct SurfaceTests {
    @Test func `generated streams refuse each kind of arbitrage, and take most surfaces`() {
        var kinds: Set<Substring> = []
        var (taken, refused) = (0, 0)
        for seed in stride(from: 1, through: 61, by: 3) as StrideThrough<UInt64> where kinds.count < 3 {
            var engine = EngineState(parameters: .bootstrap)
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                for case .surface(let explanation) in engine.apply(record).refusals {
                    kinds.insert(explanation.prefix { $0 != " " })
                    refused += 1
                }
                if case .volatilityPoint(let points) = batch.events { taken += Set(points.map(\.expiry)).count }
            }
        }
        #expect(kinds == ["butterfly", "spread", "calendar"])
        #expect(taken > 3 * refused)
    }
}
