import MarginMethods
import Testing

@Suite struct OkxParameterTests {
    @Test func `the file says every default`() throws {
        var wrong = OkxRange()
        let charge = OkxMinimumCharge(MarginalTiers([MarginalTiers.Tier(upTo: 9, rate: 9)]))
        let terms = OkxClass(range: 0.9, extremeMove: 0.9, basisPerYear: 9, minimumCharge: charge)
        wrong.classes = ["major": terms, "middle": terms, "other": terms]
        wrong.underlyings = wrong.underlyings.mapValues { _ in "other" }
        (wrong.volatilityDays, wrong.volatilityPoints, wrong.extremeShare) = ([9], [9], 0.9)
        (wrong.futureCost, wrong.shortOptionCost, wrong.initialFactor) = (0.9, 0.9, 9)
        wrong.collateral = wrong.collateral.mapValues { _ in charge.multipliers }

        #expect(try wrong.overridden(by: try MethodFile.tree("okx-range")) == OkxRange())
        #expect(try OkxRange(.empty) == OkxRange())
    }

    @Test(arguments: [
        (ParameterTree.table(["mr7": .number(1)]), MethodFault.unknownParameter("mr7")),
        (
            .table(["underlyings": .table(["XYZ": .text("huge")])]),
            .badParameter("underlyings.XYZ", "there is no class huge")
        ),
        (
            .table(["volatilityDays": .list([.number(1), .number(1), .number(2)])]),
            .badParameter("volatilityDays", "days rise, and to each belongs a change of volatility")
        ),
        (
            .table(["collateral": .table(["ETH": .list([.list([.number(2)])])])]),
            .badParameter("collateral.ETH[0]", "2.0 is outside of 0.0...1.0")
        ),
        (.table(["collateral": .table(["ETH": .number(1)])]), .badParameter("collateral.ETH", "expected a list")),
    ])
    func `a wrong parameter is named`(_ tree: ParameterTree, _ fault: MethodFault) {
        #expect(throws: fault) { try OkxRange(tree) }
    }
}
