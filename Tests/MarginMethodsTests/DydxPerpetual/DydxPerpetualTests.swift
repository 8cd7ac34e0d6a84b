import MarginMethods
import MarginModel
import Testing

@Suite struct DydxPerpetualTests {
    private static func question(cash: Double, size: Double, entry: Double) -> MarginCase {
        .account([MarginCase.Underlying(symbol: "BTC", spot: 50_000)]) { account in
            account.cash = cash
            account.marked = [MarginCase.Marked(underlying: "BTC", size: size, entryPrice: entry)]
        }
    }

    @Test func `an account of a published liquidation comes out of a case`() throws {
        let parameters: ParameterTree = .table([
            "tiers": .table([
                "largeCap": .table(["initialMarginPpm": .number(200_000), "maintenanceFractionPpm": .number(500_000)])
            ])
        ])
        let method = try DydxPerpetual(parameters)

        // A balance of −4501 after buying a tenth at 50,000 with 499 dollars.
        let answer = try method.answer(Self.question(cash: 499, size: 0.1, entry: 50_000))

        #expect(answer.equity == 499)
        #expect(answer.initialMargin == 1000)
        #expect(answer.maintenanceMargin == 500)
        #expect(answer.maintenanceBalance == -1)
    }

    @Test func `profit since entry is collateral, shorts need as much as longs`() throws {
        let long = try DydxPerpetual().answer(Self.question(cash: 1000, size: 2, entry: 49_000))
        let short = try DydxPerpetual().answer(Self.question(cash: 1000, size: -2, entry: 51_000))

        #expect(long.equity == 3000)
        #expect(long.markToMarket == 2000)
        #expect(short == long)
        #expect(long.initialMargin == 5000)
        #expect(long.maintenanceMargin == 3000)
        #expect(long.components.map(\.name) == ["BTC-PERP"])
    }

    @Test func `open interest in coins scales initial margin`() throws {
        var market = MarginCase.Underlying(symbol: "SOL", spot: 100)
        func answer() throws -> MethodAnswer {
            try DydxPerpetual().answer(
                .account([market]) { $0.marked = [MarginCase.Marked(underlying: "SOL", size: 10, entryPrice: 100)] })
        }

        #expect(throws: MethodFault.missing("openInterest of SOL-PERP", of: "SOL")) { try answer() }
        market.openInterest = ["SOL-PERP": 100_000]
        #expect(try answer().initialMargin == 100)
        // 35 million dollars: halfway between 20 and 50 million, so 10 % + 0.5 · 90 %.
        market.openInterest = ["SOL-PERP": 350_000]
        #expect(try answer().initialMargin == 550)
        #expect(try answer().maintenanceMargin == 50)
        market.openInterest = ["SOL-PERP": 500_000]
        #expect(try answer().initialMargin == 1000)
    }

    @Test func `positions of a market add up before they are margined, markets do not`() throws {
        let markets = [
            MarginCase.Underlying(symbol: "BTC", spot: 50_000), MarginCase.Underlying(symbol: "ETH", spot: 2_000),
        ]
        let question = MarginCase.account(markets) { account in
            account.marked = [
                MarginCase.Marked(underlying: "BTC", size: 3, entryPrice: 50_000),
                MarginCase.Marked(underlying: "BTC", size: -2, entryPrice: 50_000),
                MarginCase.Marked(underlying: "ETH", size: -25, entryPrice: 2_000),
            ]
        }

        let answer = try DydxPerpetual().answer(question)

        #expect(answer.components.map(\.initial) == [2500, 2500])
        #expect(answer.maintenanceMargin == 3000)
        #expect(answer.equity == 0)
    }

    @Test func `what dYdX does not list is refused by name`() throws {
        let market = MarginCase.Underlying(symbol: "BTC", spot: 50_000)
        func fault(_ build: (inout MarginCase.Member) -> Void) -> MethodFault? {
            do {
                _ = try DydxPerpetual().answer(.account([market], build))
                return nil
            } catch { return error }
        }
        let inverse = MarginCase.Marked(underlying: "BTC", isInverse: true, size: 1, entryPrice: 1)
        let future = MarginCase.Marked(underlying: "BTC", secondsToExpiry: 9, size: 1, entryPrice: 1, mark: 1)
        let tether = MarginCase.Marked(underlying: "BTC", settlementAsset: "USDT", size: 1, entryPrice: 1)

        #expect(fault { $0.marked = [inverse] } == .unsupported("inverse contracts", of: "BTC"))
        #expect(fault { $0.marked = [future] } == .unsupported("dated futures", of: "BTC"))
        #expect(fault { $0.marked = [tether] } == .unsupported("settlement in USDT", of: "USDT"))
        #expect(
            fault { $0.orders = [MarginCase.Order(leg: .marked(tether), price: 1)] } == .unsupported("open orders"))
        #expect(
            fault { $0.collateral = [MarginCase.Collateral(asset: "SOL", amount: 1, price: 9)] }
                == .unsupported("collateral in SOL", of: "SOL"))
        #expect(fault { $0.cash = .nan } == .badNumber("cash"))
        #expect(
            fault { $0.marked = [MarginCase.Marked(underlying: "DOGE", size: 1, entryPrice: 1)] }
                == .missing("the market of DOGE", of: "DOGE"))
    }
}
