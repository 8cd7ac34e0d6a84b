import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

@Suite struct BooksCloseTests {
    @Test(arguments: 31...36 as ClosedRange<UInt64>)
    func `what members and house hold of an asset sums to what positions still owe`(seed: UInt64) {
        var engine = EngineState(parameters: .bootstrap)
        let stream = GeneratedStream(seed: seed, size: .small)

        for (place, batch) in stream.batches.enumerated() {
            _ = engine.apply(
                EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
        }

        // Every cost has an opposite one, so balances, costs and house accounts close to the unit.
        var sums: [AssetID: Balance] = [:]
        for member in engine.allMembers {
            for (asset, balance) in engine.balances(of: member) { sums[asset, default: .zero] += balance }
            for (instrument, position) in engine.positions(of: member) {
                guard let asset = engine.settlementAsset(of: instrument) else { continue }
                sums[asset, default: .zero] -= position.cost
            }
        }
        for (asset, sum) in sums { #expect(sum + engine.house.total(of: asset) == .zero, "asset \(asset)") }
    }
}
