import MarginMethods
import MarginModel
import Testing

/// Examples that exchanges and others published.
@Suite struct SpanPublishedTests {
    /// L. G. McMillan, Options as a Strategic Investment (fourth edition), p. 668–670: S&P 500 futures, gains in dollars.
    enum McMillan {
        static let future = [
            0.0, 0, 3330, 3330, -3330, -3330, 6670, 6670, -6670, -6670, 10_000, 10_000, -10_000, -10_000, 7000, -7000,
        ]
        static let call = [
            460.0, -610, 2640, 1730, -1270, -2340, 5210, 4540, -2540, -3430, 8060, 7640, -3380, -3990, 3130, -1500,
        ]
        static let coveredWrite = [
            -460.0, 610, 690, 1600, -2060, -990, 1460, 2130, -4130, -3240, 1940, 2360, -6620, -6010, 3870, -5500,
        ]

        static func position(_ quantity: Double, gains: [Double]) -> SpanPosition {
            SpanPosition(quantity: quantity, array: SpanRiskArray(losses: gains.map { -$0 }, delta: 0.5))
        }
    }

    private static func risk(_ positions: [SpanPosition], minimum: Double = 0) -> SpanCommodityRisk {
        var terms = SpanCommodity(priceScanRange: 0)
        terms.unit = .dollars
        terms.timeSpreads = []
        terms.shortOptionMinimum = minimum
        return SpanCommodityRisk("X", positions, terms, spot: 1)
    }

    @Test func `the scenarios of a future are McMillan's, who rounds to ten dollars`() {
        let scenarios = SpanScenario.all(extremeMultiple: 2, extremeCover: 0.35)

        let gains = scenarios.map { ($0.cover * $0.priceMove * 10_000 / 10).rounded() * 10 }

        #expect(gains == McMillan.future)
        #expect(scenarios.map(\.index) == Array(1...16))
        #expect(Array(scenarios.map(\.volatility).prefix(4)) == ["up", "down", "up", "down"])
        #expect(scenarios.map(\.volatility).suffix(2) == ["same", "same"])
    }

    @Test func `McMillan's call and covered write need their worst scenario`() {
        let call = Self.risk([McMillan.position(1, gains: McMillan.call)])
        let write = Self.risk([
            McMillan.position(1, gains: McMillan.future), McMillan.position(-1, gains: McMillan.call),
        ])

        #expect(call.scan == 3990)
        #expect(call.scenario == 14)
        #expect(write.losses.map { -$0 } == McMillan.coveredWrite)
        #expect(write.risk == 6620)
        #expect(write.scenario == 13)
    }

    /// Japan Securities Clearing Corporation, "Calculation Examples Using SPAN Parameter of Sample File", in yen.
    @Test func `the examples of the Japanese clearing house come out`() {
        let scenarios = SpanScenario.all(extremeMultiple: 2, extremeCover: 0.35)
        let future = SpanRiskArray(losses: scenarios.map { -$0.cover * $0.priceMove * 570_000 }, delta: 1)
        var put = SpanRiskArray(losses: [Double](repeating: 0, count: 16), delta: -0.5)
        put.losses[13] = -570_100

        let futures = SpanRequirement([
            Self.risk([SpanPosition(quantity: -2, array: future), SpanPosition(quantity: 5, array: future)])
        ])
        let options = SpanRequirement([
            Self.risk(
                [SpanPosition(quantity: -10, array: put, optionValue: 3_200_000, isCall: false)], minimum: 29_400)
        ])

        #expect(futures.total() == 1_710_000)
        #expect(options.commodities[0].scan == 5_701_000)
        #expect(options.commodities[0].shortOptionMinimum == 294_000)
        #expect(options.netOptionValue == -32_000_000)
        #expect(options.total() == 37_701_000)
    }

    /// CME Group, cmegroup.com/clearing/margins/spread-calc.html: corn at 1,750 and soybeans at 2,500 dollars, two to
    /// one, 55 %; and the Series 3 course of Solomon Exam Prep, 3.4.4.1: corn at 900 and soybeans at 2,100.
    @Test(arguments: [
        (corn: 1750.0, soybeans: 2500.0, outright: 6000.0, margin: 2700.0), (900, 2100, 3900, 1755),
    ])
    func `a spread between commodities is credited`(
        corn: Double, soybeans: Double, outright: Double, margin: Double
    ) throws {
        var method = SpanMargin()
        method.commodities["CORN"] = Self.terms(range: corn)
        method.commodities["SOY"] = Self.terms(range: soybeans)
        let markets = ["CORN", "SOY"].map { MarginCase.Underlying(symbol: $0, spot: 20_000, perpetual: 20_000) }
        let question = MarginCase.account(markets) { account in
            account.marked = [
                MarginCase.Marked(underlying: "CORN", size: 2, entryPrice: 20_000),
                MarginCase.Marked(underlying: "SOY", size: -1, entryPrice: 20_000),
            ]
        }

        let apart = try method.answer(question)
        method.commoditySpreads = [
            SpanCommoditySpread(
                rate: 0.55,
                legs: [
                    SpanCommoditySpread.Leg(commodity: "CORN", ratio: 2, side: .a),
                    SpanCommoditySpread.Leg(commodity: "SOY", ratio: 1, side: .b),
                ])
        ]
        let together = try method.answer(question)

        #expect(apart.maintenanceMargin.isNanoClose(to: outright))
        #expect(together.maintenanceMargin.isNanoClose(to: margin))
    }

    /// The same page: months 2 to 4 at 500, 500 and 750 dollars, charges of 200, 50 and 0 between them.
    @Test(arguments: [
        (long: 2.0, short: 3.0, margin: 200.0), (2, 4, 300), (3, 4, 250),
    ])
    func `a spread between months is the difference of their outright rates and a charge`(
        long: Double, short: Double, margin: Double
    ) throws {
        var terms = Self.terms(range: 0)
        terms.tiers = [
            SpanTier(fromDays: 60, toDays: 90, priceScanRange: 500),
            SpanTier(fromDays: 90, toDays: 120, priceScanRange: 500),
            SpanTier(fromDays: 120, toDays: 150, priceScanRange: 750),
        ]
        terms.timeSpreads = [
            SpanTimeSpread(first: 1, second: 2, charge: 200), SpanTimeSpread(first: 1, second: 3, charge: 50),
            SpanTimeSpread(first: 2, second: 3, charge: 0),
        ]

        #expect(try Self.spread(terms, long: long * 30, short: short * 30).isNanoClose(to: margin))
    }

    /// NYMEX, Notice to Members 149 of 14 March 2008: heating oil at 7,000 dollars in tier 1 and 6,500 in tier 2; a
    /// spread of one each needs a net scan risk of 500 and 750 in all.
    @Test func `a spread of heating oil needs what NYMEX said`() throws {
        var terms = Self.terms(range: 0)
        terms.tiers = [
            SpanTier(fromDays: 0, toDays: 30, priceScanRange: 7000),
            SpanTier(fromDays: 30, toDays: 60, priceScanRange: 6500),
        ]
        terms.timeSpreads = [SpanTimeSpread(first: 1, second: 2, charge: 250)]

        #expect(try Self.spread(terms, long: 15, short: 45).isNanoClose(to: 750))
        #expect(try Self.spread(terms, long: 45, short: 15).isNanoClose(to: 750))
    }

    private static func terms(range: Double) -> SpanCommodity {
        var terms = SpanCommodity(priceScanRange: range)
        terms.unit = .dollars
        return terms
    }

    private static func spread(_ terms: SpanCommodity, long: Double, short: Double) throws -> Double {
        var method = SpanMargin()
        method.commodities["X"] = terms
        func future(_ size: Double, days: Double) -> MarginCase.Marked {
            MarginCase.Marked(
                underlying: "X", secondsToExpiry: days * 86_400, size: size, entryPrice: 20_000, mark: 20_000)
        }
        let question = MarginCase.account([MarginCase.Underlying(symbol: "X", spot: 20_000)]) {
            $0.marked = [future(1, days: long), future(-1, days: short)]
        }
        return try method.answer(question).maintenanceMargin
    }
}
