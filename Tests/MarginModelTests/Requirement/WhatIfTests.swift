import MarginDomain
import MarginModel
import Testing

/// Other holdings and other parameters through the same path.
@Suite struct WhatIfTests {
    @Test func `a book under other parameters re-prices its rows and leaves the original alone`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.add(100, of: perpetual, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        let before = world.book.margin(of: pool)

        var other = world.book.book(under: ModelWorld.parameters([ModelWorld.entry("range", 0.25, asset: 2)]))

        #expect(other.margin(of: pool).components[.scan].initial == Value(15_000_000_000))
        #expect(world.book.margin(of: pool) == before)
        #expect(before.components[.scan].initial == Value(9_600_000_000))
    }

    @Test func `new rates of charges count at once, new shocks from the next cut`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.add(100, of: perpetual, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        world.book.replaceParameters(
            ModelWorld.parameters([
                ModelWorld.entry("range", 0.25, asset: 2), ModelWorld.entry("basisFloor", 0.01, asset: 2),
            ]))
        let between = world.book.margin(of: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        let after = world.book.margin(of: pool)

        #expect(between.components[.basis].initial == Value(600_000_000))
        #expect(between.components[.scan].initial == Value(9_600_000_000))
        #expect(after.components[.scan].initial == Value(15_000_000_000))
    }

    @Test func `a forward follows the index between its own publications`() throws {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_060_000)
        world.volatility(ModelWorld.btc, days: 20, strike: 100, 0.5)
        let option = world.option(1, ModelWorld.btc, .call, strike: 1, days: 20)
        world.index(ModelWorld.btc, 3_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        // A call at a strike of a cent is the forward less that cent.
        #expect(abs(try #require(world.book.value(of: option.id)) - (30_300 - 0.01)) <= 1e-9)
    }
}
