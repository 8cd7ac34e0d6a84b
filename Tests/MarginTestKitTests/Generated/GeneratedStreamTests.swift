import MarginDomain
import MarginTestKit
import Testing

@Suite struct GeneratedStreamTests {
    @Test func `the same seed makes the same stream`() {
        let first = GeneratedStream(seed: 7, size: .small)
        let again = GeneratedStream(seed: 7, size: .small)
        let other = GeneratedStream(seed: 8, size: .small)

        #expect(first.batches == again.batches)
        #expect(first.batches != other.batches)
    }

    @Test func `sources number their events without gaps`() {
        var next: [SourceID: SequenceNumber] = [:]
        for batch in GeneratedStream(seed: 3).batches {
            #expect(batch.header.firstSequence == next[batch.header.source, default: SequenceNumber(1)])
            next[batch.header.source] = batch.header.firstSequence.advanced(by: batch.events.count)
        }
    }

    @Test func `every state and the rarer transitions occur`() {
        var exchange = NaiveExchange()
        var states: Set<LifeCycle> = []
        var kinds: Set<SignalKind> = []
        var messages: Set<MessageKind> = []
        for (index, batch) in GeneratedStream(seed: 1).batches.enumerated() {
            messages.insert(batch.events.kind)
            for signal in exchange.apply(batch, record: RecordNumber(UInt64(index + 1))) {
                states.insert(signal.state)
                kinds.insert(signal.kind)
            }
        }

        #expect(states == Set(LifeCycle.allCases))
        #expect(kinds.isSuperset(of: [.liquidationUpdate, .cured, .quarantined, .defaulted]))
        #expect(messages.isSuperset(of: [.settlement, .poolMembership, .riskParameters, .sourceSilent, .exercise]))
        #expect(exchange.pools.count >= 20)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the books close and the shares of every pool sum to its requirement`(seed: UInt64) throws {
        var exchange = NaiveExchange()
        for (index, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
            _ = exchange.apply(batch, record: RecordNumber(UInt64(index + 1)))
        }

        for asset in exchange.market.assets.keys {
            let members = exchange.holdings.values.map { $0.B(asset, in: exchange.market) }.reduce(0, +)
            let houses = exchange.houses.values.map { $0[asset, default: 0] }.reduce(0, +)
            #expect(members + houses == 0, "asset \(asset) of seed \(seed)")
        }
        for pool in exchange.pools.keys where !exchange.members(of: pool).isEmpty {
            guard let shares = exchange.shares(of: .initial, in: pool) else { continue }
            let total = exchange.margin(of: pool).initialMargin
            #expect(shares.shares.map(\.share).reduce(.zero, +) == total, "pool \(pool) of seed \(seed)")
        }
    }
}
