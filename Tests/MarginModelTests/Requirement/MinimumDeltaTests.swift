import MarginDomain
import Testing

@testable import MarginModel

/// What coin does to the gross of the minimum delta: docs/margin-model.md §7.
@Suite struct MinimumDeltaTests {
    /// BTC at 60,000 with a perpetual and a future at the same price.
    private struct Market {
        var world: ModelWorld
        let perpetual: Instrument
        let future: Instrument

        init(gross: Double) {
            world = ModelWorld(ModelWorld.parameters([ModelWorld.entry("minimumDeltaGross", gross)]))
            world.index(ModelWorld.btc, 6_000_000)
            perpetual = world.perpetual(1, ModelWorld.btc)
            future = world.future(2, ModelWorld.btc, days: 45)
            for contract in [perpetual, future] { world.mark(contract, 6_000_000) }
            world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        }

        /// Whole bitcoins of each.
        func held(perpetual: Int128 = 0, future: Int128 = 0, coin: Int128 = 0) -> PoolHoldings {
            var held = PoolHoldings()
            held.add(NetQuantity(perpetual * 100), of: self.perpetual.id)
            held.add(NetQuantity(future * 100), of: self.future.id)
            held.add(Balance(coin * 100_000_000), of: ModelWorld.btc.id)
            return held
        }

        func part(_ held: PoolHoldings) -> MarginComponents.Part {
            world.book.margin(of: held).components[.minimumDelta]
        }

        func initial(_ held: PoolHoldings) -> Value { world.book.margin(of: held).initial }
    }

    @Test func `coin covers what is short, and coin that is owed is short itself`() {
        let market = Market(gross: 0.01)

        #expect(market.part(market.held(perpetual: -1, coin: 1)).initial == .zero)
        // 1 % of 120,000: the contract, and the coin to be bought back.
        #expect(market.part(market.held(perpetual: 1, coin: -1)).initial == Value(1_200_000_000))
        #expect(market.part(market.held(perpetual: 1, coin: -1)).maintenance == Value(960_000_000))
        // A spread with nothing but itself.
        #expect(market.part(market.held(perpetual: 1, future: -1)).initial == Value(1_200_000_000))
        // The short side is covered, the long one is as long as without it: 1 % of 60,000 less the scan's 9,600.
        #expect(market.part(market.held(perpetual: -1, future: 1, coin: 1)).initial == .zero)
    }

    /// The gross counts for more than the scan here.
    @Test func `a covered short beside something long costs no more than apart`() {
        let market = Market(gross: 0.3)
        let (covered, long) = (market.held(perpetual: -1, coin: 1), market.held(future: 1))

        // 30 % and 1 % of 60,000 are 18,600; the scan is 9,600.
        #expect(market.part(long).initial == Value(9_000_000_000))
        #expect(market.part(market.held(perpetual: -1, future: 1, coin: 1)).initial == Value(9_000_000_000))
        #expect(
            market.initial(market.held(perpetual: -1, future: 1, coin: 1)) <= market.initial(covered)
                + market.initial(long))
    }

    @Test func `coin and debt of coin that are put together uncover nothing`() {
        let market = Market(gross: 0.3)
        let holdings = (-1...1).flatMap { perpetual in
            (-1...1).flatMap { future in
                (-1...1).map { market.held(perpetual: perpetual, future: future, coin: $0) }
            }
        }
        for left in holdings {
            for right in holdings {
                var both = left
                both.add(right)
                #expect(market.initial(both).quanta <= market.initial(left).quanta + market.initial(right).quanta + 8)
            }
        }
    }
}
