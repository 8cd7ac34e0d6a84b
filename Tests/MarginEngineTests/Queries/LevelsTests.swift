import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Where pools would be liquidated, asked of the engine: under the default model, a method, and a mutual pool.
@Suite struct LevelsTests {
    @Test func `an index published at a level liquidates, a tick before it does not`() throws {
        var market = try SmallMarket()
        market.deposit(1, 30_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(-30, of: SmallMarket.inverse, at: Price(6_000_000))
        let levels = try Self.levels(of: SmallMarket.pool, &market)

        #expect(levels.levels.map(\.factor) == [.spot])
        try Self.expectBreaches(levels, of: SmallMarket.pool, market, after: .milliseconds(1))
    }

    @Test(arguments: [MutualMarket.long, MutualMarket.short])
    func `a member's levels are those of its share, once nothing spares it any more`(pool: PoolID) throws {
        var pools = try MutualMarket()
        pools.joinBoth()
        pools.pass(MutualMarket.day)
        let levels = try Self.levels(of: pool, &pools.market)

        #expect(levels.levels.count == 1 && levels.levels.allSatisfy { $0.underlying == SmallMarket.btc })
        try Self.expectBreaches(levels, of: pool, pools.market, after: .seconds(3_700))
        #expect(try Self.levels(of: MutualMarket.pool, &pools.market).levels.isEmpty)
    }

    @Test func `another set of parameters has other levels, and an unknown one is refused by name`() throws {
        var market = try SmallMarket()
        market.deposit(1, 12_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.set([("approvals", 1)])
        market.set([("range", 0.1)], .proposed, from: 901)
        let now = try Self.levels(of: SmallMarket.pool, &market)
        let proposed = try Self.levels(of: SmallMarket.pool, &market, under: 3)

        #expect(now.version == ParameterVersion(2) && proposed.version == ParameterVersion(3))
        #expect(try #require(proposed.levels.first).price < #require(now.levels.first).price)
        let query = LiquidationLevelsQuery(pool: SmallMarket.pool, version: ParameterVersion(77))
        #expect(try market.fault(.liquidationLevelsQuery(query)).field == Symbol(ascii: "version"))
    }

    /// In generated streams nobody holds only what dydx-perpetual margins.
    @Test(arguments: MethodStream.changes.keys.sorted().filter { $0 != "dydx-perpetual" })
    func `pools under methods have levels, and none once they are below`(method: String) throws {
        let (found, asked) = try [44, 46].map { try Self.levels(method, seed: $0) }.reduce((0, 0)) {
            ($0.0 + $1.found, $0.1 + $1.asked)
        }
        #expect(found > 0, "\(asked) asked")
    }

    private static func levels(_ method: String, seed: UInt64) throws -> (found: Int, asked: Int) {
        var engine = EngineState(parameters: .bootstrap)
        var (found, asked) = (0, 0)
        for (place, batch) in MethodStream.batches(seed: seed, method: method).enumerated() {
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            guard place % 100 == 10 else { continue }
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                for (part, isBelow) in [(-0.01, false), (0.9, true)] {
                    var engine = engine
                    guard MethodStream.drain(pool, of: &engine, lacking: part) else { continue }
                    asked += 1
                    let query = LiquidationLevelsQuery(pool: pool, version: ParameterVersion(0))
                    guard case .liquidationLevels(let levels)? = engine.answer(.liquidationLevelsQuery(query)).first
                    else {
                        Issue.record("pool \(pool) in record \(place + 1) has no answer")
                        continue
                    }
                    if isBelow { #expect(levels.levels.isEmpty) } else { found += levels.levels.count }
                }
            }
        }
        return (found, asked)
    }

    private static func levels(
        of pool: PoolID, _ market: inout SmallMarket, under version: UInt32 = 0
    ) throws -> LiquidationLevels {
        let found = market.ask(
            .liquidationLevelsQuery(LiquidationLevelsQuery(pool: pool, version: ParameterVersion(version))))
        guard case .liquidationLevels(let levels)? = found else { throw SmallMarket.OtherAnswer(answer: found) }
        return levels
    }

    /// Publishes the index at each level and next to it; looks when time has passed and it was published again.
    private static func expectBreaches(
        _ levels: LiquidationLevels, of pool: PoolID, _ market: SmallMarket, after wait: Duration64
    ) throws {
        for level in levels.levels {
            let back: Int64 = level.move > .zero ? -1 : 1
            for (ticks, isBreached) in [(level.price.ticks, true), (level.price.ticks + back, false)] {
                var moved = market
                moved.publish(index: (Double(ticks) + 0.5) / 100)
                moved.send(.clock([Clock(time: moved.time + wait)]), after: wait)
                moved.publish(index: (Double(ticks) + 0.5) / 100)
                let margin = try #require(moved.engine.margin(of: pool)).margin
                #expect((margin.equity < margin.maintenance) == isBreached, "at \(ticks)")
            }
        }
    }
}
