import MarginMethods
import MarginModel
import Testing

@Suite struct OkxRangeTests {
    private static let day = 86_400.0

    private static var bitcoin: MarginCase.Underlying {
        var market = MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_030)
        market.expiries = [
            MarginCase.Expiry(secondsToExpiry: 2 * day, forward: 60_000),
            MarginCase.Expiry(secondsToExpiry: 20 * day, forward: 60_400),
            MarginCase.Expiry(secondsToExpiry: 120 * day, forward: 62_000),
        ]
        return market
    }

    private static func option(
        _ size: Double, call: Bool, days: Double, strike: Double, volatility: Double
    ) -> MarginCase.Option {
        MarginCase.Option(
            underlying: "BTC", isInverse: true, isCall: call, secondsToExpiry: days * day, strike: strike,
            impliedVolatility: volatility, size: size)
    }

    /// The published example as a case: a requirement of 40,000 and a raw minimum charge of 30,000.
    @Test func `the minimum charge lifts a range requirement`() throws {
        var method = OkxRange()
        method.classes["major"]?.range = 0.16
        method.classes["major"]?.minimumCharge = .until2025
        method.futureCost = 0.12
        let market = MarginCase.Underlying(symbol: "BTC", spot: 100_000, perpetual: 100_000)

        let answer = try method.answer(
            .account([market]) { $0.marked = [MarginCase.Marked(underlying: "BTC", size: 2.5, entryPrice: 100_000)] })

        #expect(answer.maintenance(of: "range BTC").isNanoClose(to: 40_000))
        #expect(answer.maintenance(of: "minimum charge BTC").isNanoClose(to: 10_000))
        #expect(answer.maintenanceMargin.isNanoClose(to: 50_000))
        #expect(answer.initialMargin.isNanoClose(to: 65_000))
        #expect(answer.bindings.map(\.spotMove) == [-0.16])
    }

    /// From a separate plain-Python reading of docs/methods/okx-range.md with `math.erfc`.
    @Test func `coin, perpetual and options are one risk unit`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.collateral = [MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 1.5, price: 0)]
            account.marked = [MarginCase.Marked(underlying: "BTC", size: 3, entryPrice: 60_030)]
            account.options = [
                Self.option(-10, call: true, days: 20, strike: 64_000, volatility: 0.55),
                Self.option(-4, call: false, days: 120, strike: 56_000, volatility: 0.62),
            ]
        }

        let answer = try OkxRange().answer(question)

        #expect(answer.maintenance(of: "range BTC").isClose(to: 41_899.451092843985))
        #expect(answer.maintenance(of: "basis BTC").isClose(to: 903.1676766143164))
        #expect(answer.bindings.map(\.index) == [3])
        #expect(answer.bindings.map(\.volatility) == ["up"])
        #expect(answer.initialMargin.isClose(to: 1.3 * answer.maintenanceMargin))
    }

    @Test func `a bought straddle needs a day's decay where volatility holds still`() throws {
        var method = OkxRange()
        method.shortOptionCost = 0
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.options = [
                Self.option(10, call: true, days: 2, strike: 60_000, volatility: 0.6),
                Self.option(10, call: false, days: 2, strike: 60_000, volatility: 0.6),
            ]
        }

        #expect(try method.answer(question).maintenanceMargin.isClose(to: 10_393.409309556446))
        method.volatilityPoints = [0, 0, 0]
        #expect(try method.answer(question).maintenanceMargin.isClose(to: 6_226.466578811378))
        #expect(try method.answer(question).bindings.map(\.index) == [24])
    }

    @Test func `an extreme move counts in part`() throws {
        var method = OkxRange()
        method.extremeShare = 0.75
        let market = MarginCase.Underlying(symbol: "BTC", spot: 100, perpetual: 100)

        let answer = try method.answer(
            .account([market]) { $0.marked = [MarginCase.Marked(underlying: "BTC", size: -1, entryPrice: 100)] })

        #expect(answer.maintenanceMargin.isClose(to: 0.75 * 24))
        #expect(answer.bindings.map(\.index) == [23])
    }

    @Test func `offsets between expiries are charged for the time between`() throws {
        let market = MarginCase.Underlying(symbol: "XYZ", spot: 100, perpetual: 100)
        let question = MarginCase.account([market]) { account in
            account.marked = [
                MarginCase.Marked(underlying: "XYZ", size: 3, entryPrice: 100),
                MarginCase.Marked(
                    underlying: "XYZ", secondsToExpiry: 73 * Self.day, size: -1, entryPrice: 100, mark: 100),
                MarginCase.Marked(
                    underlying: "XYZ", secondsToExpiry: 365 * Self.day, size: -2, entryPrice: 100, mark: 100),
            ]
        }

        // An unlisted underlying is of the class "other": 30 % a year.
        let answer = try OkxRange().answer(question)

        #expect(answer.maintenance(of: "basis XYZ").isClose(to: 0.3 * (100 * 0.2 + 200)))
    }

    @Test func `collateral outside of the risk units counts by its tiers`() throws {
        let tiers: ParameterTree = .list([
            .list([.number(1000), .number(1)]), .list([.number(2000), .number(0.9)]),
        ])
        let method = try OkxRange(.table(["collateral": .table(["ETH": tiers])]))
        let question = MarginCase.account([]) { account in
            account.collateral = [
                MarginCase.Collateral(asset: "ETH", amount: 1, price: 2000),
                MarginCase.Collateral(asset: "USDT", amount: 10_000, price: 1),
            ]
        }

        let answer = try method.answer(question)

        #expect(answer.equity == 12_000)
        #expect(answer.maintenanceBalance == 11_900)
        #expect(throws: MethodFault.missing("collateral tiers of ETH", of: "ETH")) { try OkxRange().answer(question) }
    }

    @Test func `open orders are refused`() {
        let order = MarginCase.Order(
            leg: .marked(MarginCase.Marked(underlying: "BTC", size: 1, entryPrice: 1)), price: 1)

        #expect(throws: MethodFault.unsupported("open orders")) {
            try OkxRange().answer(.account([Self.bitcoin]) { $0.orders = [order] })
        }
    }
}
