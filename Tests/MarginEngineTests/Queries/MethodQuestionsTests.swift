import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

/// Questions about pools under published methods: every answer, asked as a what-if, is what it says it is.
@Suite struct MethodQuestionsTests {
    @Test(arguments: MethodStream.changes.keys.sorted())
    func `the largest trade under a method fits as a what-if, so does what was tried below, and a lot more does not`(
        method: String
    ) throws {
        var asked = 0
        try Self.fold(method, seed: 44, every: 120) { engine, pool, instruments in
            for (place, (instrument, mark)) in instruments.enumerated() {
                let side: Int64 = place % 2 == 0 ? 1 : -1
                let query = LargestQuery(pool: pool, instrument: instrument, side: Quantity(side), price: mark)
                guard case .largestAnswer(let answer)? = engine.answer(.largestQuery(query)).first,
                    let before = Self.excess(&engine, pool, [])
                else { continue }
                let lots = answer.quantity.lots
                let parts = Set([1, 2, 8, 32].map { lots / $0 }).subtracting([0])
                for part in parts {
                    let after = Self.excess(&engine, pool, [SmallMarket.change(part, of: instrument, at: mark)])
                    #expect(after?.isAllowed(after: before) == true, "\(part) of \(lots), pool \(pool)")
                }
                let more = Self.excess(&engine, pool, [SmallMarket.change(lots + side, of: instrument, at: mark)])
                #expect(more?.isAllowed(after: before) != true, "pool \(pool), \(instrument), \(lots)")
                asked += 1
            }
        }
        #expect(asked > 5)
    }

    @Test func `cures of pools under methods reach initial margin as a what-if`() throws {
        var (short, deposits, trades) = (0, 0, 0)
        for method in MethodStream.changes.keys.sorted() {
            try Self.fold(method, seed: 44, every: 150) { engine, pool, _ in
                var engine = engine
                guard MethodStream.drain(pool, of: &engine, lacking: 0.2) else { return }
                guard case .curesAnswer(let cures)? = engine.answer(.curesQuery(CuresQuery(pool: pool))).first else {
                    return
                }
                short += cures.shortfall > .zero ? 1 : 0
                for step in cures.steps where step.kind != .trade {
                    let enough = Self.excess(&engine, pool, [SmallMarket.change(step.amount.units, of: step.asset)])
                    let less = Self.excess(&engine, pool, [SmallMarket.change(step.amount.units - 1, of: step.asset)])
                    #expect(enough.map { $0.initial >= .zero } == true)
                    #expect(less.map { $0.initial >= .zero } == false)
                    deposits += 1
                }
                let steps = cures.steps.filter { $0.kind == .trade }
                guard !steps.isEmpty else { return }
                let changes = steps.map { SmallMarket.change($0.quantity.lots, of: $0.instrument, at: $0.price) }
                let traded = Self.excess(&engine, pool, changes)
                #expect(traded.map { $0.initial >= .zero } == true)
                trades += 1
            }
        }
        #expect(deposits > 0 && trades > 0, "\(short) pools, \(deposits) deposits, \(trades) trades")
    }

    @Test(arguments: MethodStream.changes.keys.sorted())
    func `under a method no corner of what passed lacks margin`(method: String) throws {
        var passed = 0
        try Self.fold(method, seed: 44, every: 120) { engine, pool, instruments in
            let state = engine.answer(.poolQuery(PoolQuery(pool: pool)))
            guard case .accountGreeks(let member)? = state.last, member.instrument == .none,
                let before = Self.excess(&engine, pool, [])
            else { return }
            var orders: [WhatIfChange] = []
            var copy = engine
            for (place, (instrument, mark)) in instruments.prefix(4).enumerated() {
                let lots = Int64(place % 2 == 0 ? 20 : -20)
                let query = CheckQuery(
                    account: member.account, instrument: instrument, quantity: Quantity(lots), price: mark,
                    asset: .init(0),
                    amount: .zero, reserveFor: .seconds(5), mode: .cross, token: Reference(0))
                guard case .checkAnswer(let answer)? = copy.answer(.checkQuery(query)).first, answer.accepted else {
                    continue
                }
                orders.append(SmallMarket.change(lots, of: instrument, at: mark))
            }
            guard !orders.isEmpty else { return }
            for corner in 0..<(1 << orders.count) {
                let filled = orders.indices.filter { corner >> $0 & 1 == 1 }.map { orders[$0] }
                let after = try #require(Self.excess(&copy, pool, filled))
                #expect(after.isAllowed(after: before), "pool \(pool): \(filled.count) of \(orders.count)")
            }
            passed += 1
        }
        #expect(passed > 0)
    }

    /// Asks about every pool under the method, after every so many records, with the last marks by instrument.
    private static func fold(
        _ method: String, seed: UInt64, every step: Int,
        _ ask: (inout EngineState, PoolID, [(InstrumentID, Price)]) throws -> Void
    ) throws {
        var engine = EngineState(parameters: .bootstrap)
        var marks: [InstrumentID: Price] = [:]
        for (place, batch) in MethodStream.askable(seed: seed, method: method).enumerated() {
            if case .markPrice(let entries) = batch.events {
                for entry in entries { marks[entry.instrument] = entry.price }
            }
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            guard place % MethodStream.step(method, step) == 0 else { continue }
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                try ask(&engine, pool, marks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            }
        }
    }

    private static func excess(
        _ engine: inout EngineState, _ pool: PoolID, _ changes: [WhatIfChange]
    ) -> MarginExcess? {
        let query = WhatIfQuery(pool: pool, version: ParameterVersion(0), changes: changes)
        guard case .whatIfAnswer(let after)? = engine.answer(.whatIfQuery(query)).first else { return nil }
        return MarginExcess(
            initial: after.equityAfter - after.initialAfter, maintenance: after.equityAfter - after.maintenanceAfter)
    }
}
