import MarginDomain
import MarginModel
import Testing

/// Books small enough to follow with a pencil. The figures come from a separate plain-Python reading of
/// docs/margin-model.md with `math.erfc`, so option figures may differ by a quantum or two where a value falls on the
/// edge of rounding; linear ones are exact.
@Suite struct GoldenBookTests {
    @Test func `a short perpetual with a strangle and an inverse call is margined at its worst move up`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_040_000)
        world.forward(ModelWorld.btc, days: 120, 6_200_000)
        world.volatility(ModelWorld.btc, days: 20, strike: 6_400_000, 0.55)
        world.volatility(ModelWorld.btc, days: 20, strike: 5_600_000, 0.62)
        world.volatility(ModelWorld.btc, days: 120, strike: 7_000_000, 0.5)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_003_000)
        world.add(-100, of: perpetual, to: pool)
        world.add(-200, of: world.option(2, ModelWorld.btc, .call, strike: 6_400_000, days: 20), to: pool)
        world.add(150, of: world.option(3, ModelWorld.btc, .put, strike: 5_600_000, days: 20), to: pool)
        world.add(
            100, of: world.option(4, ModelWorld.btc, .call, strike: 7_000_000, days: 120, inverse: true), to: pool)
        world.add(50_000_000_000, of: ModelWorld.usd, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        let margin = world.book.margin(of: pool)

        #expect(margin.equity.isWithin(2, of: -6_982_938_600))
        #expect(margin.initial.isWithin(3, of: 20_977_452_577))
        #expect(margin.maintenance.isWithin(3, of: 16_989_529_097))
        #expect(margin.release.isWithin(3, of: 18_863_490_837))
        #expect(margin.components[.scan].initial.isWithin(2, of: 18_739_617_400))
        #expect(margin.components[.minimumDelta].initial == .zero)
        #expect(margin.components[.basis].maintenance.isWithin(2, of: 954_629_977))
        #expect(margin.components[.skew].maintenance.isWithin(2, of: 353_175_200))
        #expect(margin.components[.nakedShort].maintenance == Value(360_000_000))
        #expect(margin.components[.nakedShort].initial == Value(600_000_000))
        #expect(margin.components[.liquidationFee].initial == Value(330_030_000))
        let binding = world.book.bindings(of: world.book.holdings(of: pool))
        #expect(binding.map(\.scenario) == [43])
        #expect(binding.map(\.node) == [Ratio(160_000_000)])
        #expect(binding.map(\.shape) == [.downFlat])
    }

    @Test func `a butterfly of the last two days binds between the coarse nodes`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 2, 6_005_000)
        for (id, strike, lots) in [
            (UInt32(1), Int64(6_000_000), Int128(-100)), (2, 6_100_000, 200), (3, 6_200_000, -100),
        ] {
            world.volatility(ModelWorld.btc, days: 2, strike: strike, 0.5)
            world.add(lots, of: world.option(id, ModelWorld.btc, .call, strike: strike, days: 2), to: pool)
        }
        world.add(1_000_000_000, of: ModelWorld.usd, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        let margin = world.book.margin(of: pool)

        #expect(margin.equity.isWithin(3, of: 841_731_700))
        #expect(margin.initial.isWithin(4, of: 1_115_990_591))
        #expect(margin.components[.scan].initial.isWithin(4, of: 295_560_300))
        #expect(margin.components[.minimumDelta].initial.isWithin(4, of: 859_236_768 - 295_560_300))
        #expect(world.book.bindings(of: world.book.holdings(of: pool)).map(\.scenario) == [48])
        #expect(world.book.scenarios(of: world.book.holdings(of: pool)).count == 101)
    }

    /// Long 1 BTC at 60,030, short 20 ETH at 2,501. Alone they lose 9,604.80 (−16 %) and 10,004.00 (+20 %), so
    /// A = −19,608.80. Near a common node the worst is c = +3: BTC at +2 gains 4,802.40, ETH at +4 loses 10,004.00,
    /// B = −5,201.60. Scan = 0.2·19,608.80 + 0.8·5,201.60 = 8,083.04. Basis 0.005·(60,030 + 50,020) = 550.25.
    /// Fee 0.001·(60,030 + 50,020) = 110.05. Minimum delta 0.01·110,050·2 = 2,201.
    @Test func `two underlyings against each other have credit near a common node`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.index(ModelWorld.eth, 250_000)
        let bitcoin = world.perpetual(1, ModelWorld.btc)
        let ether = world.perpetual(2, ModelWorld.eth)
        world.mark(bitcoin, 6_003_000)
        world.mark(ether, 250_100)
        world.add(100, of: bitcoin, to: pool)
        world.add(-2000, of: ether, to: pool)
        world.add(20_000_000_000, of: ModelWorld.usd, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        world.book.refresh(ModelWorld.eth.id, at: ModelWorld.start)

        let margin = world.book.margin(of: pool)

        #expect(margin.status == .margined)
        #expect(margin.equity == Value(30_010_000_000))
        #expect(margin.components[.scan].initial.isWithin(1, of: 8_083_040_000))
        #expect(margin.components[.basis].initial == Value(550_250_000))
        #expect(margin.components[.liquidationFee].initial == Value(110_050_000))
        #expect(margin.initial.isWithin(1, of: 8_743_340_000))
        #expect(margin.maintenance.isWithin(1, of: 7_126_732_000))
        #expect(margin.release.isWithin(1, of: 7_935_036_000))
    }

    @Test func `three underlyings with options and coin`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.index(ModelWorld.eth, 250_000)
        world.index(ModelWorld.sol, 15_000)
        world.forward(ModelWorld.btc, days: 20, 6_040_000)
        world.forward(ModelWorld.eth, days: 20, 251_200)
        world.volatility(ModelWorld.btc, days: 20, strike: 6_400_000, 0.55)
        world.volatility(ModelWorld.eth, days: 20, strike: 230_000, 0.7)
        let marks: [(UInt32, Asset, Int8, Int64, Int128)] = [
            (1, ModelWorld.btc, -2, 6_003_000, 50), (2, ModelWorld.eth, -2, 250_100, -1500),
            (3, ModelWorld.sol, -1, 15_050, 1200),
        ]
        for (id, asset, lot, mark, lots) in marks {
            let perpetual = world.perpetual(id, asset, lot: lot)
            world.mark(perpetual, mark)
            world.add(lots, of: perpetual, to: pool)
        }
        world.add(-100, of: world.option(4, ModelWorld.btc, .call, strike: 6_400_000, days: 20), to: pool)
        world.add(-500, of: world.option(5, ModelWorld.eth, .put, strike: 230_000, days: 20), to: pool)
        world.add(40_000_000_000, of: ModelWorld.usd, to: pool)
        world.add(25_000_000, of: ModelWorld.btc, to: pool)
        for asset in [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol] {
            world.book.refresh(asset.id, at: ModelWorld.start)
        }

        let margin = world.book.margin(of: pool)

        #expect(margin.equity.isWithin(3, of: 63_484_358_700))
        #expect(margin.initial.isWithin(6, of: 12_530_724_699))
        #expect(margin.maintenance.isWithin(6, of: 10_128_017_307))
        #expect(margin.release.isWithin(6, of: 11_256_871_003))
        #expect(margin.components[.skew].initial.isWithin(2, of: 80_839_400))
        #expect(world.book.bindings(of: world.book.holdings(of: pool)).map(\.scenario) == [1, 41, 0])
    }

    /// 15,000 inverse dollars short against 0.25 BTC: the contracts' dollars stay (0.25 BTC · 60,000 gains nothing), the
    /// coin loses 15,000·16 % = 2,400. Basis 0.005·⟨15,000·60,000/60,030⟩ = 74.9625 exactly, on lots rounded to quanta.
    @Test func `coin below an inverse short moves with spot and the contract does not`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc, inverse: true, lot: 0)
        world.mark(perpetual, 6_003_000)
        world.add(-15_000, of: perpetual, to: pool)
        world.add(25_000_000, of: ModelWorld.btc, to: pool)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

        let margin = world.book.margin(of: pool)

        #expect(margin.equity == Value(29_992_500_000))
        #expect(margin.components[.scan].initial == Value(2_400_000_000))
        #expect(margin.components[.basis].initial == Value(74_962_500))
        #expect(margin.initial == Value(2_489_962_500))
        #expect(margin.maintenance == Value(2_009_962_500))
    }
}

extension Value {
    func isWithin(_ quanta: Int64, of expected: Int64) -> Bool { abs(self.quanta - expected) <= quanta }
}
