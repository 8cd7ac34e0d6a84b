import MarginMethods
import Testing

@Suite struct OkxMinimumChargeTests {
    /// OKX notice 4417291853837: a raw charge of 30,000 dollars lifts a requirement of 40,000 to 50,000.
    @Test func `the published example comes out`() {
        let charge = OkxMinimumCharge.until2025

        #expect(charge.scaled(30_000) == 50_000)
        #expect(charge.floored(40_000, raw: 30_000) == 50_000)
        #expect(charge.floored(60_000, raw: 30_000) == 60_000)
    }

    @Test(arguments: [
        (raw: 0.0, scaled: 0.0), (10_000, 10_000), (70_000, 130_000), (170_000, 530_000), (300_000, 1_310_000),
        (470_000, 2_670_000), (700_000, 4_970_000), (800_000, 6_170_000),
    ])
    func `each slice has its own multiplier`(raw: Double, scaled: Double) {
        #expect(OkxMinimumCharge.until2025.scaled(raw) == scaled)
    }

    @Test func `the charge of 2025 starts later`() {
        #expect(OkxMinimumCharge.since2025.scaled(250_000) == 250_000)
        #expect(OkxMinimumCharge.since2025.scaled(600_000) == 250_000 + 500_000 + 400_000)
        let slices = [250_000.0, 500_000, 2_000_000, 6_000_000, 8_000_000, 10_000_000, 12_000_000]
        #expect(OkxMinimumCharge.since2025.scaled(5_000_000) == slices.reduce(0, +))
    }

    /// OKX's example of MR9 (secondary source): hedges of ten million at 0.75 %, 1.75 % and 2.5 %.
    @Test func `hedges between stablecoins are charged by slices`() {
        let tiers = MarginalTiers([
            MarginalTiers.Tier(upTo: 1_000_000, rate: 0.0075), MarginalTiers.Tier(upTo: 5_000_000, rate: 0.0175),
            MarginalTiers.Tier(upTo: .infinity, rate: 0.025),
        ])

        #expect(tiers.amount(of: 10_000_000).isNanoClose(to: 202_500))
    }

    /// Binance's proof-of-solvency documents: ETH counts whole up to 1,000 dollars and at 90 % up to 2,000. Their prose
    /// says 12,000 for 1 ETH at 2,000 and 10,000 USDT; the printed tiers give 11,900.
    @Test func `collateral counts by slices`() {
        let ether = MarginalTiers([
            MarginalTiers.Tier(upTo: 1000, rate: 1), MarginalTiers.Tier(upTo: 2000, rate: 0.9),
        ])

        #expect(ether.amount(of: 2000) + 10_000 == 11_900)
        #expect(ether.amount(of: 1000) == 1000)
        #expect(ether.amount(of: 3000) == 1900)
        #expect(ether.amount(of: -5) == 0)
    }

    @Test func `schedules that do not rise are refused`() {
        func fault(_ list: ParameterTree) -> MethodFault? {
            let tree = ParameterTree.table(["classes": .table(["major": .table(["minimumCharge": list])])])
            do {
                _ = try OkxRange(tree)
                return nil
            } catch { return error }
        }
        let place = "classes.major.minimumCharge"

        #expect(fault(.list([])) == .badParameter(place, "a schedule has a tier"))
        #expect(
            fault(.list([.list([.number(5), .number(1)]), .list([.number(5), .number(1)])]))
                == .badParameter("\(place)[1]", "bounds of tiers rise"))
        #expect(
            fault(.list([.list([.number(1)]), .list([.number(5), .number(1)])]))
                == .badParameter("\(place)[0]", "only the last tier has no bound"))
        #expect(
            fault(.list([.number(1)])) == .badParameter("\(place)[0]", "expected [bound, rate], or [rate] at the end"))
        #expect(fault(.list([.list([.number(5), .number(1)])])) == nil)
    }
}
