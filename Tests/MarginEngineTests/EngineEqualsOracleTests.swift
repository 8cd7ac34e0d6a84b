import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// The law of the engine: signals, margins and ledger equal those of the obvious implementation, after every record.
@Suite struct EngineEqualsOracleTests {
    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `a small generated stream folds alike after every record`(seed: UInt64) {
        let stream = GeneratedStream(seed: seed, size: .small)
        var folds = TwoFolds()

        for (place, batch) in stream.batches.enumerated() {
            if let difference = folds.fold(batch, as: place + 1) {
                Issue.record("seed \(seed), size small: \(difference)")
                return
            }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a stream with volatility indices folds alike, and refuses the same of them`(seed: UInt64) {
        let stream = GeneratedStream(seed: seed, size: .indexed)
        var folds = TwoFolds()

        for (place, batch) in stream.batches.enumerated() {
            if let difference = folds.fold(batch, as: place + 1) {
                Issue.record("seed \(seed), size indexed: \(difference)")
                return
            }
        }

        let plain = GeneratedStream(seed: seed, size: .small)
        let indices = stream.batches.filter { $0.events.kind == .volatilityIndex }
        #expect(stream.batches.filter { $0.events.kind != .volatilityIndex } == plain.batches)
        #expect(indices.count > 20)
        for reason in ["tenorDays", "tenors already"] {
            #expect(folds.merge.refusals.keys.contains { $0.contains(reason) }, "\(folds.merge.refusals.keys)")
        }
        let levels = folds.oracle.inputs.values.flatMap { $0.volatilityIndices.values.map(\.number) }
        #expect(levels.count > 8 && levels.allSatisfy { (0.01...10).contains($0.fraction) })
    }

    @Test(arguments: 1...9 as ClosedRange<UInt64>)
    func `a stream over weeks, with ranges that follow the market, folds alike after every record`(seed: UInt64) {
        let stream = GeneratedStream(seed: seed, size: .daily)
        var folds = TwoFolds()

        for (place, batch) in stream.batches.enumerated() {
            if let difference = folds.fold(batch, as: place + 1) {
                Issue.record("seed \(seed), size daily: \(difference)")
                return
            }
        }

        #expect(folds.versions.count(where: \.isOfEngine) > 3, "ranges must have moved")
    }

    @Test func `a standard stream visits every state and folds alike after every record`() {
        let stream = GeneratedStream(seed: 1965, size: .standard)
        var folds = TwoFolds()

        for (place, batch) in stream.batches.enumerated() {
            if let difference = folds.fold(batch, as: place + 1) {
                Issue.record("seed 1965, size standard: \(difference)")
                return
            }
        }

        let visited = Set(folds.signals.map(\.state))
        #expect(
            visited == Set(LifeCycle.allCases), "states never reached: \(Set(LifeCycle.allCases).subtracting(visited))")
        #expect(folds.evaluations > 5_000)
        #expect(
            folds.reasons.isSuperset(of: [.noCut, .noForward, .noVolatility, .noRow, .noPrice, .noParameters]),
            "pools had no margin only for \(folds.reasons)")
        // No agreement of the stream names a method, and mutual pools are in small streams.
        let unseen = Set(MarginComponent.allCases).subtracting(folds.components).subtracting([
            .method, .shortfall, .defaultModel, .credit,
        ])
        #expect(unseen.isEmpty, "parts of a requirement never charged: \(unseen)")
    }
}
