import MarginMethods
import Testing

@Suite struct DeribitParameterTests {
    @Test func `the file says every default`() throws {
        var wrong = DeribitPortfolio()
        (wrong.mode, wrong.bucketsPerSide, wrong.extendedMoves) = (.cross, 9, [9])
        (wrong.maintenanceFactor, wrong.openOrderShare) = (0.9, 9)
        var asset = DeribitAsset()
        (asset.priceRange, asset.extendedFactor, asset.extendedDampener) = (0.9, 9, 9)
        (asset.gainShare, asset.gainMax, asset.rollRateMin, asset.rollRisk) = (0.9, 9, 0.9, 9)
        (asset.deltaStep, asset.deltaThreshold, asset.deltaRateMax) = (0.9, 9, 0.9)
        (asset.volatility.up, asset.volatility.down, asset.volatility.volatilityFloor) = (9, 9, 9)
        (asset.volatility.shortPower, asset.volatility.longPower, asset.volatility.dayFloor) = (1.9, 1.9, 9)
        asset.equityImpact = DeribitAsset.EquityImpact.none
        wrong.assets = ["BTC": asset, "ETH": asset]
        wrong.haircuts = ["BTC": 0.9, "ETH": 0.9, "USDC": 0.9, "USDT": 0.9]

        #expect(try wrong.overridden(by: try MethodFile.tree("deribit-portfolio")) == DeribitPortfolio())
        #expect(try DeribitPortfolio(.empty) == DeribitPortfolio())
    }

    @Test func `a case's parameters stand over the method's, a new asset over BTC's`() throws {
        let method = try DeribitPortfolio(
            .table([
                "mode": .text("cross"),
                "stated": .table(["USD": .table(["makerProtection": .number(5)])]),
                "assets": .table(["SOL": .table(["priceRange": .number(0.3)])]),
                "haircuts": .table(["SOL": .text("0.1")]),
            ]))

        #expect(method.mode == .cross)
        #expect(method.stated["USD"]?.makerProtection == 5)
        #expect(method.assets["SOL"]?.priceRange == 0.3)
        #expect(method.assets["SOL"]?.extendedDampener == 100_000)
        #expect(method.assets["BTC"] == DeribitAsset())
        #expect(method.haircuts["SOL"] == 0.1)
    }

    @Test(arguments: [
        (ParameterTree.table(["priceRange": .number(1)]), MethodFault.unknownParameter("priceRange")),
        (
            .table(["assets": .table(["BTC": .table(["priceRang": .number(1)])])]),
            .unknownParameter("assets.BTC.priceRang")
        ),
        (
            .table(["assets": .table(["BTC": .table(["priceRange": .number(1)])])]),
            .badParameter("assets.BTC.priceRange", "1.0 is outside of 0.001...0.95")
        ),
        (.table(["extendedMoves": .list([.number(0)])]), .badParameter("extendedMoves", "a move of 0 is no move")),
        (.table(["mode": .text("both")]), .badParameter("mode", "\"both\" is none of segregated, cross")),
    ])
    func `a wrong parameter is named`(_ tree: ParameterTree, _ fault: MethodFault) {
        #expect(throws: fault) { try DeribitPortfolio(tree) }
    }
}
