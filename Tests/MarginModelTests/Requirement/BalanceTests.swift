import MarginDomain
import MarginModel
import Testing

/// Cash, stablecoins and other collateral; figures by hand.
@Suite struct BalanceTests {
    @Test func `cash alone is equity without a requirement`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.add(1_234_567, of: ModelWorld.usd, to: pool)

        let margin = world.book.margin(of: pool)

        #expect(margin.equity == Value(1_234_567))
        #expect(margin.initial == .zero)
        #expect(margin.utilisation == .zero)
    }

    /// 1,000 USDC at 0.99: worth 990, of which 2 % and 5 %.
    @Test func `a stablecoin is worth its price and charged its possible depeg`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.add(1_000_000_000, of: ModelWorld.usdc, to: pool)
        #expect(world.book.margin(of: pool).equity == Value(1_000_000_000))
        world.book.apply(
            CollateralPrice(
                asset: ModelWorld.usdc.id, price: Price(99), confidence: Ratio(Ratio.scale),
                publishTime: ModelWorld.start))

        let margin = world.book.margin(of: pool)

        #expect(margin.equity == Value(990_000_000))
        #expect(margin.maintenance == Value(19_800_000))
        #expect(margin.initial == Value(49_500_000))
        #expect(world.book.pools(holding: ModelWorld.usdc.id) == [pool])
    }

    @Test func `a debt in a stablecoin is not charged`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.add(-1_000_000_000, of: ModelWorld.usdc, to: pool)

        #expect(world.book.margin(of: pool).initial == .zero)
        #expect(world.book.margin(of: pool).equity == Value(-1_000_000_000))
    }

    /// A perpetual that settles in USDC at a mark of 60,000 and a cost of 59,000: 1,000 USDC of profit at 0.99.
    @Test func `profit that settles in a stablecoin is worth that coin`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_000_000)
        world.volatility(ModelWorld.btc, days: 20, strike: 6_000_000, 0.5)
        let option = world.option(7, ModelWorld.btc, .call, strike: 6_000_000, days: 20, settlement: ModelWorld.usdc)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        world.add(100, of: option, to: pool)
        let atPar = world.book.margin(of: pool)
        world.book.apply(
            CollateralPrice(
                asset: ModelWorld.usdc.id, price: Price(50), confidence: Ratio(Ratio.scale),
                publishTime: ModelWorld.start))

        let margin = world.book.margin(of: pool)

        #expect(atPar.equity > .zero)
        #expect(margin.equity == Value(atPar.equity.quanta / 2))
        let charge = (Double(margin.equity.quanta) * 0.05).rounded(.up)
        #expect(margin.components[.stablecoin].initial == Value(Int64(charge)))
        #expect(world.book.pools(holding: ModelWorld.usdc.id) == [pool])
    }

    /// 3 GOLD at 2,000: 6,000; the first 1,000 at 10 %, the next 4,000 at 20 %, the rest at 50 %: 100 + 800 + 500.
    /// In initial margin every rate is 10 points higher.
    @Test func `other collateral has a haircut by tiers`() {
        let tiers = [
            ModelWorld.entry("tierBound", 1000, asset: 6, index: 0),
            ModelWorld.entry("tierBound", 5000, asset: 6, index: 1),
            ModelWorld.entry("tierBound", .infinity, asset: 6, index: 2),
            ModelWorld.entry("tierHaircut", 0.1, asset: 6, index: 0),
            ModelWorld.entry("tierHaircut", 0.2, asset: 6, index: 1),
            ModelWorld.entry("tierHaircut", 0.5, asset: 6, index: 2),
            ModelWorld.entry("liabilityHaircut", 0.3, asset: 6), ModelWorld.entry("initialHaircut", 0.1, asset: 6),
        ]
        var world = ModelWorld(ModelWorld.parameters(tiers))
        let pool = world.openPool()
        world.add(30_000, of: ModelWorld.gold, to: pool)
        #expect(world.book.margin(of: pool).status == .unpriceable(.collateralPrice(ModelWorld.gold.id)))
        world.book.apply(
            CollateralPrice(
                asset: ModelWorld.gold.id, price: Price(200_000), confidence: Ratio(Ratio.scale),
                publishTime: ModelWorld.start))

        let long = world.book.margin(of: pool)
        world.add(-60_000, of: ModelWorld.gold, to: pool)
        let short = world.book.margin(of: pool)

        #expect(long.equity == Value(6_000_000_000))
        #expect(long.maintenance == Value(1_400_000_000))
        // 0.2 + 0.1 is a hair above 0.3, and the charge is rounded up.
        #expect(long.initial.isWithin(1, of: 2_000_000_000))
        #expect(short.equity == Value(-6_000_000_000))
        #expect(short.maintenance == Value(1_800_000_000))
        #expect(short.initial == Value(2_400_000_000))
    }

    @Test func `utilisation is rounded up and unbounded without equity`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        world.add(100, of: perpetual, to: pool)
        world.add(-60_000_000_000, of: ModelWorld.usd, to: pool)
        #expect(world.book.margin(of: pool).utilisation == Ratio(.max))
        world.add(21_000_000_000, of: ModelWorld.usd, to: pool)

        let margin = world.book.margin(of: pool)

        // 0.8·9,600 + basis 300 + fee 60 = 8,040 of 21,000.
        #expect(margin.maintenance == Value(8_040_000_000))
        #expect(margin.utilisation == Ratio(382_857_143))
    }
}
