import MarginMethods
import Testing

@Suite struct DydxParameterTests {
    @Test func `the file says every default`() throws {
        var wrong = DydxPerpetual()
        let tier = DydxTier(
            initialMarginPpm: 9, maintenanceFractionPpm: 9, openInterestLowerCap: 9, openInterestUpperCap: 9)
        for name in wrong.tiers.keys { wrong.tiers[name] = tier }
        for name in wrong.markets.keys {
            wrong.markets[name] = DydxMarket(tier: "safety", atomicResolution: 9, priceExponent: 9)
        }

        #expect(try wrong.overridden(by: try MethodFile.tree("dydx-perpetual")) == DydxPerpetual())
        #expect(try DydxPerpetual(.empty) == DydxPerpetual())
    }

    @Test(arguments: [
        (ParameterTree.table(["tier": .number(1)]), MethodFault.unknownParameter("tier")),
        (
            .table(["tiers": .table(["safety": .table(["initialMarginPpm": .number(0.5)])])]),
            .badParameter("tiers.safety.initialMarginPpm", "0.5 is not a whole number")
        ),
        (
            .table(["tiers": .table(["safety": .table(["openInterestLowerCap": .number(5)])])]),
            .badParameter("tiers.safety.openInterestLowerCap", "the lower cap is above the upper one")
        ),
        (
            .table(["markets": .table(["BTC": .table(["tier": .text("huge")])])]),
            .badParameter("markets.BTC.tier", "there is no tier huge")
        ),
    ])
    func `a wrong parameter is named`(_ tree: ParameterTree, _ fault: MethodFault) {
        #expect(throws: fault) { try DydxPerpetual(tree) }
    }
}
