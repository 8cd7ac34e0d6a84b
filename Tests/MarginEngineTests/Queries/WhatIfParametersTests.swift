import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// What-ifs under parameters that are not in force: what a pool's margin would be if they took effect now.
@Suite struct WhatIfParametersTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a what-if under a proposal is the margin after it takes effect`(seed: UInt64) throws {
        var folds = TwoFolds()
        let stream = GeneratedStream(seed: seed * 3 + 2, size: .small)
        for (place, batch) in stream.batches.enumerated() { _ = folds.fold(batch, as: place + 1) }
        var engine = folds.engine
        var number = UInt64(stream.batches.count)
        // Rows as of now, so that only the parameters differ.
        let time = engine.now + .seconds(2)
        func fold(_ events: EventGroup) {
            number += 1
            let header = BatchHeader(
                source: SourceID(901), epoch: Epoch(1), firstSequence: SequenceNumber(number), sendingTime: time)
            let batch = EventBatch(header: header, events: events)
            _ = engine.apply(EventRecord(number: RecordNumber(number), epoch: Epoch(1), batch: batch))
        }
        fold(.clock([Clock(time: time)]))
        let version = ParameterVersion(900)
        var set = [
            Self.entry("initial", 1.3), Self.entry("range", 0.23, 10), Self.entry("kappa", 0.75),
            Self.entry("volUp", 0.8),
        ]
        set[set.count - 1].last = true
        fold(.riskParameters(set))
        let pools = engine.evaluatedPools.filter { engine.margin(of: $0)?.margin.status == .margined }

        let asked = pools.map { engine.answer(.whatIfQuery(WhatIfQuery(pool: $0, version: version, changes: []))) }
        let explained = pools.map {
            engine.answer(.explainQuery(ExplainQuery(pool: $0, record: .start, version: version)))
        }
        let before = pools.map { engine.margin(of: $0)?.margin }
        for place in set.indices { set[place].status = .effective }
        fold(.riskParameters(set))

        #expect(engine.parameters.version == version)
        var moved = 0
        for (place, pool) in pools.enumerated() {
            let same = engine.answer(.explainQuery(ExplainQuery(pool: pool, record: .start, version: .init(0))))
            let (then, now) = (explained[place].comparable, same.comparable)
            #expect(then != nil && then == now, "pool \(pool)")
            // A pool that stands for the members of a mutual one has no changes of its own.
            if folds.oracle.mutuals[pool] != nil { continue }
            guard case .whatIfAnswer(let answer)? = asked[place].first else {
                Issue.record("pool \(pool): \(asked[place])")
                continue
            }
            let after = try #require(engine.margin(of: pool)).margin
            #expect(answer.initialBefore == before[place]?.initial)
            #expect(answer.equityAfter == after.equity)
            #expect(answer.initialAfter == after.initial, "pool \(pool)")
            #expect(answer.maintenanceAfter == after.maintenance, "pool \(pool)")
            #expect(answer.changes.reduce(0) { $0 + $1.initialAfter.quanta } == after.initial.quanta)
            if answer.initialAfter != answer.initialBefore { moved += 1 }
        }
        #expect(moved > 0)
    }

    @Test func `trades count under the other parameters too`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000)
        market.send(.riskParameters([Self.entry("range", 0.3, 10, version: 2, last: true)]), from: SourceID(901))
        let trade = [SmallMarket.change(100, of: SmallMarket.perpetual, at: Price(6_000_000))]

        let now = try market.whatIf(trade)
        let then = try market.whatIf(trade, under: ParameterVersion(2))
        let same = try market.whatIf(trade, under: ParameterVersion(1))

        // One coin at 60,000: 16 % or 30 %, 0.5 % of basis, 0.1 % of fee.
        #expect(now.initialAfter == Value(9_960_000_000))
        #expect(then.initialAfter == Value(18_360_000_000))
        #expect(then.initialBefore == now.initialBefore)
        #expect(same == now)
    }

    @Test func `a version that the engine does not hold is refused by name`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000)

        let fault = try market.fault(
            .whatIfQuery(WhatIfQuery(pool: SmallMarket.pool, version: ParameterVersion(77), changes: [])))

        #expect(fault.fault == .notAvailable)
        #expect(fault.field == Symbol(ascii: "version"))
        #expect(fault.explanation == "version 77 is not proposed")
    }

    private static func entry(_ key: String, _ value: Double, _ asset: UInt32 = 0) -> RiskParameters {
        entry(key, value, asset, version: 900)
    }

    private static func entry(
        _ key: String, _ value: Double, _ asset: UInt32, version: UInt32, last: Bool = false
    ) -> RiskParameters {
        RiskParameters(
            version: ParameterVersion(version), status: .proposed, key: Symbol(key) ?? .empty, asset: AssetID(asset),
            index: 0, value: Ratio(decimal: value), last: last)
    }
}

extension [Answer] {
    /// An explanation without what is about the moment of the question.
    fileprivate var comparable: Explanation? {
        guard case .explanation(var explanation)? = first else { return nil }
        explanation.record = .start
        explanation.poolSignalNo = .start
        explanation.cause = .none
        // Since it was last published.
        explanation.equityChange = .zero
        explanation.initialMarginChange = .zero
        explanation.maintenanceMarginChange = .zero
        return explanation
    }
}
