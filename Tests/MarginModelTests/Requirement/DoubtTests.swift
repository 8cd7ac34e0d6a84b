import MarginDomain
import Testing

@testable import MarginModel

/// What initial margin charges while a price is in doubt, by hand: the worked examples of docs/margin-model.md §8.
@Suite struct DoubtTests {
    private static let second = Duration64.seconds(1)

    private static func price(_ ticks: Int64, confidence: Double = 1) -> IndexPrice {
        IndexPrice(
            underlying: ModelWorld.btc.id, price: Price(ticks), confidence: Ratio(Int64(confidence * 1e9)),
            publishTime: ModelWorld.start)
    }

    /// 0.6 of 60,000 for the perpetual and of 2·60,000 for the calls.
    @Test func `a price in doubt is charged for on the gross notional`() {
        var world = ModelWorld()
        let pool = world.openPool()
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_000_000)
        world.volatility(ModelWorld.btc, days: 20, strike: 6_000_000, 0.5)
        world.add(100, of: perpetual, to: pool)
        world.add(-200, of: world.option(2, ModelWorld.btc, .call, strike: 6_000_000, days: 20), to: pool)
        func margin(_ confidence: Double) -> PoolMargin {
            world.book.apply(Self.price(6_000_000, confidence: confidence))
            world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
            return world.book.margin(of: pool)
        }
        let sure = margin(1)

        #expect(margin(0.55) == sure)
        let unsure = margin(0.4)
        #expect(unsure.components[.oracleUncertainty].initial == Value(108_000_000_000))
        #expect(unsure.initial == sure.initial + Value(108_000_000_000))
        #expect((unsure.maintenance, unsure.equity) == (sure.maintenance, sure.equity))
        // What no source would say counts as the nearest that one could.
        #expect(margin(-1).components[.oracleUncertainty].initial == Value(180_000_000_000))
        #expect(margin(7) == sure)
    }

    /// Three underlyings: BTC at 0.5 with 0.25 BTC of coin against −1 BTC, ETH at 0.2 with an inverse position of
    /// 5,000 dollars, SOL sure; gold of 2,000 dollars at 0.1.
    @Test func `each price's own confidence counts, over three underlyings and collateral`() {
        var world = ModelWorld()
        let pool = world.openPool()
        let bitcoin = world.perpetual(1, ModelWorld.btc)
        let ether = world.perpetual(2, ModelWorld.eth, inverse: true, lot: 0)
        let solana = world.perpetual(3, ModelWorld.sol)
        let quotes: [(Asset, Instrument, Int64, Double, Int128)] = [
            (ModelWorld.btc, bitcoin, 6_000_000, 0.5, -100), (ModelWorld.eth, ether, 250_000, 0.2, 5000),
            (ModelWorld.sol, solana, 15_000, 1, 1000),
        ]
        for (asset, instrument, ticks, confidence, lots) in quotes {
            world.mark(instrument, ticks)
            world.book.apply(
                IndexPrice(
                    underlying: asset.id, price: Price(ticks), confidence: Ratio(Int64(confidence * 1e9)),
                    publishTime: ModelWorld.start))
            world.add(lots, of: instrument, to: pool)
            world.book.refresh(asset.id, at: ModelWorld.start)
        }
        world.add(25_000_000, of: ModelWorld.btc, to: pool)
        world.add(10_000, of: ModelWorld.gold, to: pool)
        world.book.apply(
            CollateralPrice(
                asset: ModelWorld.gold.id, price: Price(200_000), confidence: Ratio(100_000_000),
                publishTime: ModelWorld.start))

        // 0.5·(60,000 + 15,000) + 0.8·5,000 + 0.9·2,000.
        #expect(world.book.margin(of: pool).components[.oracleUncertainty].initial == Value(43_300_000_000))
    }

    /// 60,000 → 66,000 in a second: S̄ = 60,018, beyond the band by 8.0636 %.
    @Test func `what a jump gained is charged until it has lasted`() {
        var world = ModelWorld()
        let (long, short) = (world.openPool(), world.openPool())
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_600_000)
        world.add(100, of: perpetual, to: long)
        world.add(-100, of: perpetual, to: short)
        world.book.apply(Self.price(6_000_000))
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        #expect(world.book.margin(of: long).components[.twoPrice].initial == .zero)

        world.book.apply(Self.price(6_600_000))
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start + Self.second)

        #expect(world.book.margin(of: long).components[.twoPrice].initial.isWithin(1, of: 5_322_000_000))
        #expect(world.book.margin(of: long).components[.twoPrice].maintenance == .zero)
        #expect(world.book.margin(of: short).components[.twoPrice].initial == .zero)
        var time = ModelWorld.start + Self.second
        for _ in 0..<284 {
            time = time + Self.second
            world.book.refresh(ModelWorld.btc.id, at: time)
        }
        #expect(world.book.margin(of: long).components[.twoPrice].initial == .zero)
    }

    /// Long one perpetual, short one future: what one gains by the jump the other loses.
    @Test func `the two-price rule looks at the net of an underlying`() {
        var world = ModelWorld()
        let pool = world.openPool()
        let perpetual = world.perpetual(1, ModelWorld.btc)
        let future = world.future(2, ModelWorld.btc, days: 30)
        world.book.apply(Self.price(6_000_000))
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        world.book.apply(Self.price(6_600_000))
        world.mark(perpetual, 6_600_000)
        world.mark(future, 6_600_000)
        world.add(100, of: perpetual, to: pool)
        world.add(-100, of: future, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start + Self.second)

        #expect(world.book.margin(of: pool).components[.twoPrice].initial == .zero)
    }

    @Test func `the slow price moves by its speed, to the millionth of a tick, and never beyond the index`() {
        let start = SlowPrice(at: Price(6_000_000), .zero)

        let up = start.following(Price(7_000_000), to: Timestamp(1_000_000), speed: 300_000)
        // 6,000,000 ticks · 0.0003 · 0.001 s = 1.8 ticks.
        #expect(up.move(from: Price(6_000_000), band: 0, range: 1) == 1.8 / 6_000_000)
        let arrived = start.following(Price(6_000_001), to: Timestamp(1_000_000), speed: 300_000)
        #expect(arrived == SlowPrice(at: Price(6_000_001), Timestamp(1_000_000)))
        let down = start.following(Price(1), to: Timestamp(10_000_000_000_000), speed: 1_000_000_000)
        #expect(down == SlowPrice(at: Price(1), Timestamp(10_000_000_000_000)))
        let huge = SlowPrice(at: Price(.max), .zero).following(Price(1), to: Timestamp(1_000_000_000), speed: 300_000)
        #expect(huge == SlowPrice(at: Price(1), Timestamp(1_000_000_000)))
    }
}
