import MarginMethods
import Testing

@Suite struct SpanParameterTests {
    @Test func `the file says every default`() throws {
        var wrong = SpanMargin()
        var commodity = SpanCommodity(priceScanRange: 9)
        (commodity.unit, commodity.volatilityScanRange, commodity.shortOptionMinimum) = (.dollars, 9, 9)
        (commodity.shortOptionMethod, commodity.timeSpreads) = (.larger, [])
        commodity.tiers = [SpanTier(fromDays: 1, toDays: 2)]
        wrong.commodities = ["BTC": commodity, "ETH": commodity, "SOL": commodity]
        wrong.commoditySpreads = [SpanCommoditySpread(rate: 1, legs: [])]
        (wrong.extremeMultiple, wrong.extremeCover, wrong.lookAheadDays, wrong.initialRatio) = (9, 0.9, 9, 9)
        wrong.deltaWeights = [1, 1, 1, 1]
        wrong.haircuts = ["BTC": 0.9, "ETH": 0.9, "USDC": 0.9, "USDT": 0.9]

        #expect(try wrong.overridden(by: try MethodFile.tree("span")) == SpanMargin())
        #expect(try SpanMargin(.empty) == SpanMargin())
    }

    @Test func `tiers and spreads are read in their order`() throws {
        func table(_ entries: KeyValuePairs<String, ParameterTree>) -> ParameterTree {
            .table(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) }))
        }
        let legs: ParameterTree = .list([
            table(["commodity": .text("BTC"), "ratio": .number(1), "side": .text("a")]),
            table(["commodity": .text("ETH"), "ratio": .number(20), "side": .text("b")]),
        ])
        let bitcoin = table([
            "tiers": .list([
                table(["fromDays": .number(0), "toDays": .number(30), "priceScanRange": .number(0.2)]),
                table(["fromDays": .number(30), "toDays": .number(400)]),
            ]),
            "timeSpreads": .list([table(["first": .number(1), "second": .number(2), "charge": .number(0.02)])]),
        ])
        let method = try SpanMargin(
            table([
                "commodities": table(["BTC": bitcoin]),
                "commoditySpreads": .list([table(["rate": .number(0.5), "legs": legs])]),
            ]))

        #expect(
            method.commodities["BTC"]?.tiers == [
                SpanTier(fromDays: 0, toDays: 30, priceScanRange: 0.2), SpanTier(fromDays: 30, toDays: 400),
            ])
        #expect(method.commodities["BTC"]?.timeSpreads == [SpanTimeSpread(first: 1, second: 2, charge: 0.02)])
        #expect(method.commoditySpreads.map(\.rate) == [0.5])
        #expect(method.commoditySpreads[0].legs.map(\.ratio) == [1, 20])
        #expect(method.commoditySpreads[0].legs.map(\.side) == [.a, .b])
    }

    @Test(arguments: [
        (ParameterTree.table(["scan": .number(1)]), MethodFault.unknownParameter("scan")),
        (
            .table(["deltaWeights": .list([.number(0.5)])]),
            .badParameter("deltaWeights", "expected four weights, the first above 0")
        ),
        (
            .table(["commodities": .table(["BTC": .table(["timeSpreads": .list([.table(["first": .number(2)])])])])]),
            .badParameter("commodities.BTC.timeSpreads", "a spread names a tier outside of 1...1")
        ),
        (
            .table(["commoditySpreads": .list([.table(["rate": .number(0.5)])])]),
            .badParameter(
                "commoditySpreads[0].legs", "a spread has two legs or more, each in a commodity of its own")
        ),
        (
            .table([
                "commodities": .table([
                    "BTC": .table(["tiers": .list([.table(["fromDays": .number(2), "toDays": .number(1)])])])
                ])
            ]),
            .badParameter("commodities.BTC.tiers[0].toDays", "a tier ends after it begins")
        ),
    ])
    func `a wrong parameter is named`(_ tree: ParameterTree, _ fault: MethodFault) {
        #expect(throws: fault) { try SpanMargin(tree) }
    }
}
