import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

@Suite struct CuresTests {
    @Test func `every deposit cures by itself, to the unit, and the trades cure together`() throws {
        var market = try SmallMarket()
        market.deposit(1, 15_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(-50, of: SmallMarket.farPut, at: Price(60_000))
        market.publish(index: 57_000)
        guard case .curesAnswer(let cures)? = market.ask(.curesQuery(CuresQuery(pool: SmallMarket.pool))) else {
            Issue.record("no answer")
            return
        }

        #expect(cures.shortfall == .zero - (try #require(market.excess).initial))
        let deposits = cures.steps.filter { $0.kind != .trade }
        #expect(deposits.map(\.asset) == [SmallMarket.usd, SmallMarket.usdc, SmallMarket.gold, SmallMarket.btc])
        #expect(deposits.map(\.kind) == [.depositCash, .depositCollateral, .depositCollateral, .depositCollateral])
        #expect(deposits[0].amount.units == cures.shortfall.quanta)
        for step in deposits {
            let enough = try market.whatIf([SmallMarket.change(step.amount.units, of: step.asset)])
            let less = try market.whatIf([SmallMarket.change(step.amount.units - 1, of: step.asset)])
            #expect(enough.equityAfter >= enough.initialAfter)
            #expect(less.equityAfter < less.initialAfter)
        }
        let trades = cures.steps.filter { $0.kind == .trade }
        #expect(trades.count == 1)
        let traded = try market.whatIf(
            trades.map { SmallMarket.change($0.quantity.lots, of: $0.instrument, at: $0.price) })
        #expect(traded.equityAfter >= traded.initialAfter)
    }

    @Test func `a pool with margin to spare needs no cure`() throws {
        var market = try SmallMarket()
        market.deposit(1, 15_000)
        market.trade(1, of: SmallMarket.perpetual, at: Price(6_000_000))
        guard case .curesAnswer(let cures)? = market.ask(.curesQuery(CuresQuery(pool: SmallMarket.pool))) else {
            Issue.record("no answer")
            return
        }

        #expect(cures.shortfall == .zero)
        #expect(cures.steps.isEmpty)
    }

    @Test(arguments: [UInt64(3), 4])
    func `in generated markets every cure reaches initial margin as a what-if`(seed: UInt64) throws {
        var engine = EngineState(parameters: .bootstrap)
        var (deposits, trades, sequences) = (0, 0, 0)
        let stream = GeneratedStream(seed: seed, size: .small)
        for (place, batch) in stream.batches.enumerated() {
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            guard place % 25 == 0 else { continue }
            for pool in engine.evaluatedPools {
                guard case .curesAnswer(let cures)? = engine.answer(.curesQuery(CuresQuery(pool: pool))).first else {
                    continue
                }
                for step in cures.steps where step.kind != .trade {
                    let change = SmallMarket.change(step.amount.units, of: step.asset)
                    try Self.expectCure(&engine, pool, [change], "record \(place + 1)")
                    deposits += 1
                }
                let steps = cures.steps.filter { $0.kind == .trade }
                guard !steps.isEmpty else { continue }
                let changes = steps.map { SmallMarket.change($0.quantity.lots, of: $0.instrument, at: $0.price) }
                try Self.expectCure(&engine, pool, changes, "record \(place + 1)")
                trades += 1
                sequences += steps.count > 1 ? 1 : 0
            }
        }
        #expect(deposits > 0 && trades > 0, "\(deposits) deposits, \(trades) trades, \(sequences) sequences")
    }

    private static func expectCure(
        _ engine: inout EngineState, _ pool: PoolID, _ changes: [WhatIfChange], _ place: String
    ) throws {
        let query = WhatIfQuery(pool: pool, version: ParameterVersion(0), changes: changes)
        let answer = engine.answer(.whatIfQuery(query)).first
        guard case .whatIfAnswer(let cured)? = answer else {
            Issue.record("\(place), pool \(pool): \(String(describing: answer))")
            return
        }
        #expect(cured.equityBefore < cured.initialBefore)
        #expect(cured.equityAfter >= cured.initialAfter, "\(place), pool \(pool)")
    }
}
