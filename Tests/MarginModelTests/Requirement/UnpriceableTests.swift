import MarginDomain
import MarginModel
import Testing

/// What cannot be priced is named, and comes back as soon as it can.
@Suite struct UnpriceableTests {
    @Test func `each missing input of an option is named in turn`() {
        var world = ModelWorld()
        let pool = world.openPool()
        let option = world.option(1, ModelWorld.btc, .call, strike: 6_000_000, days: 20)
        world.add(1, of: option, to: pool)
        func cut() -> MarginStatus {
            world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
            return world.book.margin(of: pool).status
        }
        let btc = ModelWorld.btc.id
        let expiry = ModelWorld.after(days: 20)

        #expect(world.book.margin(of: pool).status == .unpriceable(.notRefreshed(btc)))
        #expect(cut() == .unpriceable(.index(btc)))
        world.index(ModelWorld.btc, 6_000_000)
        #expect(cut() == .unpriceable(.forward(btc, expiry)))
        world.forward(ModelWorld.btc, days: 20, 6_000_000, settled: 6_000_001)
        world.volatility(ModelWorld.btc, days: 20, strike: 5_000_000, 0.5)
        #expect(cut() == .unpriceable(.forward(btc, expiry)))
        world.forward(ModelWorld.btc, days: 20, 6_000_000)
        #expect(cut() == .margined)
        world.book.retire(option.id)
        #expect(world.book.margin(of: pool).status == .unpriceable(.notListed(option.id)))
        world.book.list(option)
        #expect(world.book.margin(of: pool).status == .unpriceable(.notListed(option.id)))
        #expect(cut() == .margined)
    }

    @Test func `a volatility is needed before the first point of an expiry`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_000_000)
        world.add(1, of: world.option(1, ModelWorld.btc, .call, strike: 6_000_000, days: 20), to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        #expect(
            world.book.margin(of: pool).status
                == .unpriceable(.volatility(ModelWorld.btc.id, ModelWorld.after(days: 20))))
    }

    @Test func `an unpriceable position does not disturb other pools, nor coin a pool without a price`() {
        var world = ModelWorld()
        let pools = (0..<3).map { _ in world.openPool() }
        world.index(ModelWorld.btc, 6_000_000)
        let marked = world.perpetual(1, ModelWorld.btc)
        world.mark(marked, 6_000_000)
        world.add(1, of: marked, to: pools[0])
        world.add(1, of: world.future(2, ModelWorld.btc, days: 30), to: pools[1])
        world.add(1, of: ModelWorld.eth, to: pools[2])
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        #expect(world.book.margin(of: pools[0]).status == .margined)
        #expect(world.book.margin(of: pools[1]).status == .unpriceable(.mark(InstrumentID(2))))
        #expect(world.book.margin(of: pools[2]).status == .unpriceable(.notRefreshed(ModelWorld.eth.id)))
    }

    @Test func `an underlying without parameters cannot be margined`() throws {
        var world = ModelWorld()
        let pool = world.openPool()
        let doge = try Asset(
            listing: AssetListed(
                asset: AssetID(9), symbol: Symbol("DOGE") ?? .empty, moneyExponent: Exponent(-8),
                priceExponent: Exponent(-5),
                isNumeraire: false, isStablecoin: false, hasIndex: true))
        world.book.list(doge)
        world.index(doge, 20_000)
        world.add(5, of: doge, to: pool)
        world.book.refresh(doge.id, at: ModelWorld.start)

        #expect(world.book.margin(of: pool).status == .unpriceable(.parameters(doge.id)))
    }

    @Test func `positions and sums beyond the exact range are quarantined, and come back`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        for lots in [Int128(1) << 41, Int128(1) << 100, Int128(4_503_599_627_370_496) / 600_000_000 + 1] {
            world.add(lots, of: perpetual, to: pool)
            #expect(world.book.margin(of: pool).status == .quarantined(.beyondExactRange))
            world.add(-lots, of: perpetual, to: pool)
            #expect(world.book.margin(of: pool).status == .margined)
        }
    }
}
