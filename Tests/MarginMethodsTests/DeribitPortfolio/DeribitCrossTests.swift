import MarginMethods
import MarginModel
import Testing

@Suite struct DeribitCrossTests {
    private static func cross() -> DeribitPortfolio {
        var method = DeribitPortfolio()
        method.mode = .cross
        return method
    }

    /// A cross account as Deribit's API reported it (`get_account_summaries` and `user.portfolio` of 15 and 16 February
    /// 2026, in the same public capture as the second response): a balance in BTC, one dollar of ETH-PERPETUAL long,
    /// 0.001 ETH short in the USDC perpetual, and equity in ETH that is printed in steps of 10⁻⁶ only.
    struct Report: CustomTestStringConvertible {
        let name: String
        let equity: Double
        let usdcEquity: Double
        let usdcPrice: Double
        /// What the report's delta totals make of the prices.
        let index: Double
        let inverseMark: Double
        let linearMark: Double
        /// Equity in ETH, as printed, in millionths.
        let etherMillionths: Double
        /// `total_maintenance_margin_usd`.
        let maintenance: Double

        var testDescription: String { name }

        /// With the balance in ETH such that its equity is this, the one in BTC such that the whole is as reported.
        func question(ether: Double) -> MarginCase {
            let coins = 1 / 2074.25 - 1 / inverseMark
            let bitcoin = equity - usdcEquity * usdcPrice - ether * index
            var question = MarginCase.account([
                MarginCase.Underlying(symbol: "BTC", spot: 68_600),
                MarginCase.Underlying(symbol: "ETH", spot: index, perpetual: inverseMark),
            ]) { account in
                account.cash = usdcEquity * usdcPrice
                account.collateral = [
                    MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: bitcoin / 68_600, price: 0),
                    MarginCase.Collateral(asset: "ETH", underlying: "ETH", amount: ether - coins, price: 0),
                ]
                account.marked = [
                    MarginCase.Marked(underlying: "ETH", isInverse: true, size: 1, entryPrice: 2074.25),
                    MarginCase.Marked(
                        underlying: "ETH", settlementAsset: "USDC", size: -0.001, entryPrice: linearMark,
                        mark: linearMark),
                ]
            }
            question.stablecoinPrice = usdcPrice
            return question
        }
    }

    static let reports = [
        Report(
            name: "23:27", equity: 2.531977059, usdcEquity: 0.14729577, usdcPrice: 1,
            index: (1.95833 - 0.958299526) / 0.00051096, inverseMark: 1 / 0.00051096, linearMark: 1958.33,
            etherMillionths: -1, maintenance: 0.45572159158),
        Report(
            name: "01:34", equity: 2.528057708, usdcEquity: 0.14035577, usdcPrice: 0.9999,
            index: (1.96527 * 0.9999 - 0.964960994) / 0.000509103, inverseMark: 1 / 0.000509103, linearMark: 1965.27,
            etherMillionths: 1, maintenance: 0.456149923332),
    ]

    @Test(arguments: reports)
    func `a reported cross account lies where the printed steps of its balance put it`(_ report: Report) throws {
        func maintenance(_ millionths: Double) throws -> Double {
            try Self.cross().answer(report.question(ether: millionths * 1e-6)).maintenanceMargin
        }

        let (least, most) = (
            try maintenance(report.etherMillionths + 0.5), try maintenance(report.etherMillionths - 0.5)
        )

        #expect(least <= report.maintenance && report.maintenance <= most)
        #expect(most - least < 0.0012 * report.maintenance)
        let answer = try Self.cross().answer(report.question(ether: report.etherMillionths * 1e-6))
        #expect(abs(answer.equity - report.equity) < 1e-9)
        #expect(answer.bindings.map(\.underlying) == ["BTC", "ETH"])
        #expect(answer.bindings.map(\.spotMove) == [-0.16, 0.18])
    }

    @Test func `what settles in coin and in dollars nets within an asset`() throws {
        let day = 86_400.0
        var market = MarginCase.Underlying(symbol: "ETH", spot: 3000, perpetual: 3005)
        market.expiries = [MarginCase.Expiry(secondsToExpiry: 200 * day, forward: 3100)]
        let question = MarginCase.account([market]) { account in
            account.marked = [
                MarginCase.Marked(underlying: "ETH", size: -2, entryPrice: 3010, mark: 3010),
                MarginCase.Marked(underlying: "ETH", isInverse: true, size: 3000, entryPrice: 3005),
            ]
            account.options = [
                MarginCase.Option(
                    underlying: "ETH", isCall: true, secondsToExpiry: 200 * day, strike: 4500,
                    impliedVolatility: 0.7, size: -30)
            ]
        }

        let answer = try Self.cross().answer(question)

        #expect(answer.initial(of: "worst case ETH").isClose(to: 14047.529705147213))
        #expect(answer.initial(of: "roll shock ETH").isClose(to: 851.6916901389073))
        #expect(answer.bindings.map(\.index) == [25])
    }

    @Test func `segregated accounts do not net across currencies`() throws {
        let question = MarginCase.account([MarginCase.Underlying(symbol: "BTC", spot: 100, perpetual: 100)]) {
            $0.marked = [
                MarginCase.Marked(underlying: "BTC", size: -1, entryPrice: 100),
                MarginCase.Marked(underlying: "BTC", isInverse: true, size: 100, entryPrice: 100),
            ]
        }

        let apart = try DeribitPortfolio().answer(question)
        let together = try Self.cross().answer(question)

        // Coin long: 0.16/0.84 of a coin, to nine decimals; dollar short: 16 dollars. Together only the rolls remain.
        #expect(apart.initial(of: "worst case BTC").isClose(to: 100 * 0.190476190))
        #expect(apart.initial(of: "worst case BTC in USD").isClose(to: 16))
        #expect(together.initialMargin.isClose(to: 2))
    }

    @Test func `balances in coin are shocked unless the asset says not`() throws {
        var method = Self.cross()
        let question = MarginCase.account([MarginCase.Underlying(symbol: "BTC", spot: 50_000)]) {
            $0.collateral = [MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 2, price: 0)]
        }

        #expect(try method.answer(question).initialMargin.isClose(to: 16_000))
        #expect(try method.answer(question).maintenanceMargin.isClose(to: 12_800))
        method.assets["BTC"]?.equityImpact = DeribitAsset.EquityImpact.none
        #expect(try method.answer(question).initialMargin == 0)
        #expect(try DeribitPortfolio().answer(question).initialMargin == 0)
    }

    @Test func `a haircut counts in initial margin, a stated one in both`() throws {
        var method = Self.cross()
        method.haircuts["SOL"] = 0.1
        let question = MarginCase.account([]) {
            $0.collateral = [
                MarginCase.Collateral(asset: "SOL", amount: 10, price: 100),
                MarginCase.Collateral(
                    asset: "XRP", amount: 100, price: 2, maintenanceHaircut: 0.2, initialHaircut: 0.05),
            ]
        }

        let answer = try method.answer(question)

        #expect(answer.equity.isClose(to: 1200))
        #expect(answer.initialMargin.isClose(to: 150))
        #expect(answer.maintenanceMargin.isClose(to: 40))
        #expect(throws: MethodFault.missing("haircut of SOL", of: "SOL")) { try Self.cross().answer(question) }
    }

    /// The reports' initial margin exceeds the risk matrix by 3.6 % of the value of 0.001 ETH: a fifth of R.
    @Test func `an open order needs a fifth of the price range`() throws {
        let question = MarginCase.account([MarginCase.Underlying(symbol: "ETH", spot: 1958.33, perpetual: 1958.33)]) {
            $0.orders = [
                MarginCase.Order(
                    leg: .marked(MarginCase.Marked(underlying: "ETH", size: 0.001, entryPrice: 1958.33)), price: 1958.33
                )
            ]
        }

        let answer = try Self.cross().answer(question)

        let published = 0.640151869 - 0.45572159158 / 0.8
        #expect(answer.initialMargin.isNanoClose(to: published))
        #expect(answer.maintenanceMargin == 0)
    }
}
