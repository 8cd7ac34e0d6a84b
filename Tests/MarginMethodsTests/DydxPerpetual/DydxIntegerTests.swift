import MarginMethods
import Testing

/// Figures of dydxprotocol/v4-chain at 84d4664b: `protocol/x/perpetuals/types/liquidity_tier_test.go` and
/// `protocol/x/perpetuals/lib/lib_test.go`.
@Suite struct DydxIntegerTests {
    @Test(arguments: [
        (ppm: 200_000, notional: 500_000, margin: 100_000), (500_000, 1_000_000, 500_000), (100_000, 1, 1),
        (567_243, 123_456, 70_030),
    ])
    func `initial margin is a fraction of the notional, rounded up`(ppm: Int, notional: Int, margin: Int) throws {
        let tier = DydxTier(initialMarginPpm: ppm, maintenanceFractionPpm: 500_000)

        #expect(try tier.initialMargin(ofNotional: Int128(notional), openInterest: 0) == Int128(margin))
    }

    @Test(arguments: [
        (openInterest: 1_500_000_000_000, lower: 0, upper: 0, margin: 100_000),
        (1_500_000_000_000, 1_000_000_000_000, 2_000_000_000_000, 300_000),
        (80_000_000_000_000, 25_000_000_000_000, 50_000_000_000_000, 500_000),
        (25_000_000_000_000, 25_000_000_000_000, 50_000_000_000_000, 100_000),
        (28_123_456_789_123, 25_000_000_000_000, 60_000_000_000_000, 135_697),
    ])
    func `initial margin grows with open interest`(openInterest: Int, lower: Int, upper: Int, margin: Int) throws {
        let tier = DydxTier(
            initialMarginPpm: 200_000, maintenanceFractionPpm: 500_000, openInterestLowerCap: lower,
            openInterestUpperCap: upper)

        #expect(
            try tier.initialMargin(ofNotional: 500_000, openInterest: Int128(openInterest)) == Int128(margin))
    }

    @Test(arguments: [
        (initial: 150_000, fraction: 800_000, maintenance: 120_000), (450_000, 770_000, 346_500),
        (637_239, 289_284, 184_343), (1_000_000, 1_000_000, 1_000_000), (0, 1_000_000, 0), (1_000_000, 0, 0),
    ])
    func `maintenance margin is a fraction of initial margin`(initial: Int, fraction: Int, maintenance: Int) {
        let tier = DydxTier(initialMarginPpm: initial, maintenanceFractionPpm: fraction)

        #expect(tier.maintenanceMarginPpm == maintenance)
    }

    struct Position: Sendable {
        var price: Int
        var exponent: Int
        var resolution: Int
        var quantums: Int
        var ppm: Int
        var fraction: Int
        var initial: Int
        var maintenance: Int
    }

    @Test(arguments: [
        Position(
            price: 123_456_789_123, exponent: -5, resolution: 4, quantums: 1, ppm: 200_000, fraction: 500_000,
            initial: 2_469_135_782_460_000, maintenance: 1_234_567_891_230_000),
        Position(
            price: 123_456_789_123, exponent: -5, resolution: 4, quantums: -1, ppm: 200_000, fraction: 500_000,
            initial: 2_469_135_782_460_000, maintenance: 1_234_567_891_230_000),
        Position(
            price: 55_550, exponent: -1, resolution: -4, quantums: 7_000, ppm: 10_000, fraction: 500_000,
            initial: 38_885_000, maintenance: 19_442_500),
        Position(
            price: 42_000_000, exponent: -2, resolution: -6, quantums: -5_000, ppm: 10_000, fraction: 500_000,
            initial: 21_000_000, maintenance: 10_500_000),
        Position(
            price: 55_550, exponent: -1, resolution: -6, quantums: 7_000, ppm: 1_000_000, fraction: 1_000_000,
            initial: 38_885_000, maintenance: 38_885_000),
        Position(
            price: 367_500, exponent: -1, resolution: -6, quantums: 12_000, ppm: 200_000, fraction: 500_000,
            initial: 88_200_000, maintenance: 44_100_000),
        Position(
            price: 1_234_560, exponent: -1, resolution: -6, quantums: 74_523, ppm: 50_000, fraction: 600_000,
            initial: 460_015_575, maintenance: 276_009_345),
        Position(
            price: 1_234_560, exponent: -1, resolution: -6, quantums: 74_523, ppm: 250_000, fraction: 600_000,
            initial: 2_300_077_872, maintenance: 1_380_046_724),
    ])
    func `a position's margins are whole quote quantums`(_ position: Position) throws {
        let risk = try DydxRisk(
            quantums: Int128(position.quantums), price: Int128(position.price),
            market: DydxMarket(tier: "", atomicResolution: position.resolution, priceExponent: position.exponent),
            tier: DydxTier(initialMarginPpm: position.ppm, maintenanceFractionPpm: position.fraction), openInterest: 0)

        #expect(risk.initialMargin == Int128(position.initial))
        #expect(risk.maintenanceMargin == Int128(position.maintenance))
        #expect((risk.netCollateral < 0) == (position.quantums < 0))
    }

    @Test func `beyond the upper cap the whole notional is initial margin, maintenance stays`() throws {
        let tier = DydxTier(
            initialMarginPpm: 200_000, maintenanceFractionPpm: 500_000, openInterestLowerCap: 1_000_000_000_000,
            openInterestUpperCap: 2_000_000_000_000)
        let market = DydxMarket(tier: "", atomicResolution: 4, priceExponent: -5)

        let risk = try DydxRisk(
            quantums: 1, price: 123_456_789_123, market: market, tier: tier, openInterest: 2_000_000_000_001)

        #expect(risk.initialMargin == 12_345_678_912_300_000)
        #expect(risk.maintenanceMargin == 1_234_567_891_230_000)
    }

    @Test func `a notional is cut towards zero`() throws {
        let market = DydxMarket(tier: "", atomicResolution: -16, priceExponent: -5)

        #expect(try market.notional(ofQuantums: 1_000_000_000_000, price: 123_456_789_123) == 123_456_789)
        #expect(try market.notional(ofQuantums: -1_000_000_000_000, price: 123_456_789_123) == -123_456_789)
    }

    @Test(arguments: [
        (index: 4_000_000_000, entry: 4_000_000_000, quantums: 1_000_000, settlement: 0),
        (123_456_789_123, 100_000_000_000, 1_000_000, -23_456_789_123_000_000),
        (123_456_789_123, 100_000_000_000, -1_000_000, 23_456_789_123_000_000), (100, -100, 30_000, -6_000_000),
        (-100, 0, 10_000_000, 1_000_000_000), (-50, 100, -5_000_000, -750_000_000),
    ])
    func `funding settles on the change of its index`(index: Int, entry: Int, quantums: Int, settlement: Int) throws {
        #expect(
            try DydxFunding.settlement(index: Int128(index), entryIndex: Int128(entry), quantums: Int128(quantums))
                == Int128(settlement))
    }

    @Test func `what has no room is an overflow, not a wrong number`() {
        let market = DydxMarket(tier: "", atomicResolution: 20, priceExponent: 20)

        #expect(throws: MethodFault.overflow) { try market.notional(ofQuantums: 1, price: 1) }
        #expect(throws: MethodFault.overflow) {
            try DydxMarket(tier: "", atomicResolution: 0, priceExponent: 0).notional(ofQuantums: .max, price: .max)
        }
    }

    @Test func `256 bits between factors and quotient are exact`() throws {
        // (10^30 + 1)·(10^25 + 7)/10^25 = 10^30 + 700001 and 7/10^25 more.
        let (a, b) = (powerOfTen(30) + 1, powerOfTen(25) + 7)
        let market = DydxMarket(tier: "", atomicResolution: -25, priceExponent: -6)

        #expect(try market.notional(ofQuantums: a, price: b) == powerOfTen(30) + 700_001)
        #expect(try market.notional(ofQuantums: -a, price: b) == -powerOfTen(30) - 700_001)
    }

    private func powerOfTen(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
