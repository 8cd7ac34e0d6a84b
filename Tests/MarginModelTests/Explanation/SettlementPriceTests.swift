import MarginDomain
import MarginTestKit
import Testing

@testable import MarginModel

/// Dollars in what positions settle in: docs/margin-model.md §8.
@Suite struct SettlementPriceTests {
    @Test func `a requirement in coin is rounded up to a satoshi, equity down`() {
        // 10,000 dollars at 59,999.50 are 0.166668055567… bitcoin.
        let price = SettlementPrice(asset: ModelWorld.btc, ticks: 5_999_950, tick: Exponent(-2))

        #expect(price.units(of: Value(10_000_000_000), .up) == Money(16_666_806))
        #expect(price.units(of: Value(10_000_000_000), .down) == Money(16_666_805))
        #expect(price.units(of: Value(-10_000_000_000), .down) == Money(-16_666_806))
        #expect(price.units(of: .zero, .up) == .zero)
    }

    @Test func `generated amounts are the least units that are worth them, whatever the exponents`() throws {
        var random = SplitMix64(seed: 28)
        for _ in 0..<10_000 {
            let asset = random.pick([ModelWorld.btc, ModelWorld.usdc])
            let price = SettlementPrice(
                asset: asset, ticks: 1 + Int64(random.index(100_000_000)), tick: Exponent(Int8(random.index(6)) - 4))
            let value = Value(Int64(random.index(1_000_000_000)))
            let units = try #require(price.units(of: value, .up)).units
            // Both sides times ten to the tenth and more, so that everything is whole.
            let power = 6 + Int(price.tick.power) + Int(asset.moneyExponent.power) + 12
            let worth = try #require(Rounding.scaled(Int128(price.ticks), by: power))
            let needed = try #require(Rounding.scaled(Int128(value.quanta), by: 12))
            #expect(Int128(units) * worth >= needed && Int128(units - 1) * worth < needed)
        }
    }

    @Test func `what does not fit is not said`() {
        let price = SettlementPrice(asset: ModelWorld.btc, ticks: 1, tick: Exponent(-2))

        #expect(price.units(of: Value(.max), .up) == nil)
    }

    @Test func `a pool has a price for the coin that its positions settle in, and none for dollars`() {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        let (linear, inverse) = (world.perpetual(1, ModelWorld.btc), world.perpetual(2, ModelWorld.btc, inverse: true))
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(1), of: linear.id)
        #expect(world.book.settlementPrices(of: holdings).isEmpty)

        holdings.add(NetQuantity(-1), of: inverse.id)
        #expect(
            world.book.settlementPrices(of: holdings) == [
                SettlementPrice(asset: ModelWorld.btc, ticks: 6_000_000, tick: ModelWorld.btc.priceExponent)
            ])
    }
}
