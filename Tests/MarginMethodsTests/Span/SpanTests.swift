import MarginMethods
import MarginModel
import Testing

@Suite struct SpanTests {
    private static let day = 86_400.0

    private static var bitcoin: MarginCase.Underlying {
        var market = MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_030)
        market.expiries = [MarginCase.Expiry(secondsToExpiry: 20 * day, forward: 60_400, rate: 0.05)]
        return market
    }

    private static func option(_ size: Double, call: Bool, strike: Double, volatility: Double) -> MarginCase.Option {
        MarginCase.Option(
            underlying: "BTC", isCall: call, secondsToExpiry: 20 * day, strike: strike, impliedVolatility: volatility,
            size: size)
    }

    /// From a separate plain-Python reading of docs/methods/span.md with `math.erfc`.
    @Test func `a future with options is repriced in sixteen scenarios`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.marked = [
                MarginCase.Marked(
                    underlying: "BTC", secondsToExpiry: 20 * Self.day, size: 3, entryPrice: 60_400, mark: 60_400)
            ]
            account.options = [
                Self.option(-10, call: true, strike: 64_000, volatility: 0.55),
                Self.option(5, call: false, strike: 56_000, volatility: 0.62),
            ]
        }

        let requirement = try SpanMargin().requirement(of: question)
        let answer = try SpanMargin().answer(question)

        let own = try #require(requirement.commodities.first)
        #expect(own.scan.isClose(to: 39_807.16529977269))
        #expect(own.scenario == 11)
        #expect(own.netDelta.isClose(to: -2.104881013551104))
        #expect(own.netOptionValue.isClose(to: -9_005.026747361122))
        #expect(own.volatilityAdjusted.isClose(to: 32_754.97045939208))
        #expect(own.timeRisk.isClose(to: -228.41270090547368))
        #expect(own.priceRisk.isClose(to: 32_983.383160297555))
        #expect(own.timeSpreadCharge == 0)
        // What SPAN asks for beside the options, from the answer, whose equity has their value in it.
        #expect(requirement.total().isClose(to: answer.maintenanceMargin - own.netOptionValue))
        #expect(answer.initialMargin.isClose(to: 1.1 * 39_807.16529977269))
        #expect(answer.bindings.map(\.index) == [11])
        #expect(answer.bindings.map(\.volatility) == ["up"])
        #expect(answer.bindings.map(\.spotMove) == [0.16])
    }

    @Test func `a bought option needs its value and no more`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.cash = 100
            account.options = [Self.option(2, call: true, strike: 64_000, volatility: 0.55)]
        }

        let answer = try SpanMargin().answer(question)
        let requirement = try SpanMargin().requirement(of: question)

        #expect(requirement.risk < requirement.netOptionValue)
        #expect(requirement.total() == 0)
        #expect(answer.maintenanceMargin.isClose(to: answer.markToMarket))
        #expect(answer.maintenanceBalance.isClose(to: 100))
        #expect(answer.initialMargin >= answer.maintenanceMargin)
    }

    @Test func `sold options far out of the money need the minimum`() throws {
        var method = SpanMargin()
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.options = [
                Self.option(-2, call: true, strike: 1_000_000, volatility: 0.55),
                Self.option(-3, call: false, strike: 1_000, volatility: 0.55),
            ]
        }

        #expect(try method.answer(question).maintenanceMargin.isClose(to: 5 * 600))
        #expect(try method.answer(question).maintenance(of: "short option minimum BTC").isClose(to: 3000))
        method.commodities["BTC"]?.shortOptionMethod = .larger
        #expect(try method.answer(question).maintenanceMargin.isClose(to: 3 * 600))
    }

    @Test func `time spreads take up deltas by priority, within a tier too`() {
        var terms = SpanCommodity(priceScanRange: 0)
        terms.unit = .dollars
        terms.tiers = [SpanTier(fromDays: 0, toDays: 30), SpanTier(fromDays: 30, toDays: 1000)]
        terms.timeSpreads = [
            SpanTimeSpread(first: 1, second: 1, charge: 1), SpanTimeSpread(first: 1, second: 2, charge: 10),
            SpanTimeSpread(first: 2, second: 2, charge: 100),
        ]
        func position(_ quantity: Double, _ days: Double) -> SpanPosition {
            let array = SpanRiskArray(losses: [Double](repeating: 0, count: 16), delta: 1)
            return SpanPosition(quantity: quantity, array: array, days: days)
        }

        let risk = SpanCommodityRisk(
            "X", [position(5, 1), position(-3, 2), position(-4, 40), position(6, 50), position(-1, 60)], terms, spot: 1)

        // Tier 1: 5 long, 3 short: 3 spreads. Left 2 long against tier 2's 5 short: 2 at 10. Left 3 short, 6 long: 3 at 100.
        #expect(risk.timeSpreadCharge == 3 + 20 + 300)
        #expect(risk.netDelta == 3)
    }

    @Test func `spreads between commodities use deltas up, and need opposite sides`() {
        func risk(_ name: String, _ quantity: Double, range: Double) -> SpanCommodityRisk {
            let losses = SpanScenario.all(extremeMultiple: 2, extremeCover: 0.35).map {
                -$0.cover * $0.priceMove * range
            }
            var terms = SpanCommodity(priceScanRange: range)
            terms.timeSpreads = []
            let position = SpanPosition(quantity: quantity, array: SpanRiskArray(losses: losses, delta: 1))
            return SpanCommodityRisk(name, [position], terms, spot: 1)
        }
        func spread(_ rate: Double, _ first: String, _ second: String) -> SpanCommoditySpread {
            SpanCommoditySpread(
                rate: rate,
                legs: [
                    SpanCommoditySpread.Leg(commodity: first, ratio: 1, side: .a),
                    SpanCommoditySpread.Leg(commodity: second, ratio: 1, side: .b),
                ])
        }
        let (long, short, other) = (risk("L", 3, range: 10), risk("S", -2, range: 20), risk("O", -2, range: 30))

        let requirement = SpanRequirement(
            [long, short, other], spreads: [spread(0.5, "L", "S"), spread(0.4, "O", "L"), spread(0.9, "S", "O")])

        // Two spreads L–S; one delta of L is left for O; S and O are both short.
        #expect(requirement.commodities.map(\.spreadCredit) == [10 + 4, 20, 12])
        #expect(requirement.risk == 30 - 14 + 40 - 20 + 60 - 12)
    }

    @Test func `what SPAN has no rule for is refused by name`() throws {
        let inverse = MarginCase.Marked(underlying: "BTC", isInverse: true, size: 1, entryPrice: 1)
        let order = MarginCase.Order(
            leg: .marked(MarginCase.Marked(underlying: "BTC", size: 1, entryPrice: 1)), price: 1)

        #expect(throws: MethodFault.unsupported("inverse contracts", of: "BTC")) {
            try SpanMargin().answer(.account([Self.bitcoin]) { $0.marked = [inverse] })
        }
        #expect(throws: MethodFault.unsupported("open orders")) {
            try SpanMargin().answer(.account([Self.bitcoin]) { $0.orders = [order] })
        }
        #expect(throws: MethodFault.missing("a commodity of span for DOGE", of: "DOGE")) {
            try SpanMargin().answer(
                .account([MarginCase.Underlying(symbol: "DOGE", spot: 1, perpetual: 1)]) {
                    $0.marked = [MarginCase.Marked(underlying: "DOGE", size: 1, entryPrice: 1)]
                })
        }
    }

    @Test func `collateral counts less its haircut`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.collateral = [
                MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 1, price: 0),
                MarginCase.Collateral(
                    asset: "GOLD", amount: 1, price: 2000, maintenanceHaircut: 0.1, initialHaircut: 0.05),
            ]
        }

        let answer = try SpanMargin().answer(question)

        #expect(answer.equity == 62_000)
        #expect(answer.maintenanceMargin.isClose(to: 18_200))
        #expect(answer.initialMargin.isClose(to: 18_300))
    }
}
