import MarginMethods
import MarginModel
import Testing

/// Books with options. The figures come from a separate plain-Python reading of docs/methods/deribit-portfolio.md with
/// `math.erfc`; nothing published shows options.
@Suite struct DeribitBookTests {
    private static let day = 86_400.0

    private static var bitcoin: MarginCase.Underlying {
        var market = MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_030)
        market.expiries = [
            MarginCase.Expiry(secondsToExpiry: 20 * day, forward: 60_400),
            MarginCase.Expiry(secondsToExpiry: 120 * day, forward: 62_000),
        ]
        return market
    }

    private static func perpetual(_ dollars: Double) -> MarginCase.Marked {
        MarginCase.Marked(underlying: "BTC", isInverse: true, size: dollars, entryPrice: 60_030)
    }

    private static func option(
        _ size: Double, call: Bool, days: Double, strike: Double, volatility: Double
    ) -> MarginCase.Option {
        MarginCase.Option(
            underlying: "BTC", isInverse: true, isCall: call, secondsToExpiry: days * day, strike: strike,
            impliedVolatility: volatility, size: size)
    }

    @Test func `sold wings bind in the extended table, behind the dampener`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.marked = [Self.perpetual(-300_000)]
            account.options = [
                Self.option(-10, call: true, days: 20, strike: 64_000, volatility: 0.55),
                Self.option(5, call: false, days: 20, strike: 56_000, volatility: 0.62),
                Self.option(-400, call: true, days: 120, strike: 110_000, volatility: 0.5),
            ]
        }

        let matrix = try #require(try DeribitPortfolio().matrices(of: question).first)

        #expect(matrix.worstCase.isNanoClose(to: 20.20224287519648))
        #expect(matrix.rollShock.isNanoClose(to: 0.38160646960415323))
        #expect(matrix.deltaShock == 0)
        // Fifth extended move, +200 %, behind the 27 cells of the standard table.
        #expect(matrix.worst?.index == 32)
        #expect(matrix.worst?.move == 2)
        #expect(matrix.aggregated.extended[0] == 0)
        #expect(matrix.aggregated.extended[2].isNanoClose(to: -14.632600581764908))
        #expect(matrix.aggregated.extended[7].isNanoClose(to: -4.9868980921104225))
        #expect(matrix.aggregated.standard[16].isNanoClose(to: -0.9086576470143356))
    }

    @Test func `a delta beyond the threshold is shocked, less what long options take away`() throws {
        let question = MarginCase.account([Self.bitcoin]) { account in
            account.marked = [Self.perpetual(-60_000_000)]
            account.options = [
                Self.option(300, call: true, days: 120, strike: 70_000, volatility: 0.5),
                Self.option(-100, call: true, days: 20, strike: 64_000, volatility: 0.55),
            ]
        }

        let answer = try DeribitPortfolio().answer(question)

        #expect((answer.initial(of: "worst case BTC") / 60_000).isClose(to: 133.76133484643847))
        #expect((answer.initial(of: "delta shock BTC") / 60_000).isClose(to: 28.126262007396775))
        #expect((answer.initial(of: "roll shock BTC") / 60_000).isClose(to: 12.73053448227888))
        #expect((answer.initialMargin / 60_000).isClose(to: 174.61813133611412))
        #expect((answer.maintenanceMargin / 60_000).isClose(to: 0.8 * 174.61813133611412))
        #expect(answer.bindings.map(\.index) == [27])
        #expect(answer.bindings.map(\.volatility) == ["down"])
    }

    @Test func `long options never turn a shocked delta`() throws {
        let short = try Self.deltaShock(perpetual: -60_000_000, calls: 0)

        // 999.5 coins short, 333.3 of them below the threshold: each costs 0.00005 a coin beyond.
        let coins = 60e6 / 60_030
        let rate = 0.00005 * (coins - 20e6 / 60_000)
        #expect(short.isClose(to: coins * rate))
        #expect(try Self.deltaShock(perpetual: -60_000_000, calls: 5_000) == 0)
        #expect(try Self.deltaShock(perpetual: 60_000_000, calls: 5_000).isClose(to: short))
    }

    private static func deltaShock(perpetual: Double, calls: Double) throws -> Double {
        let question = MarginCase.account([bitcoin]) { account in
            account.marked = [Self.perpetual(perpetual)]
            account.options = [option(calls, call: true, days: 120, strike: 70_000, volatility: 0.5)]
        }
        return try DeribitPortfolio().matrices(of: question).first?.deltaShock ?? 0
    }

    @Test func `the delta shock stops at its highest rate`() throws {
        #expect(try Self.deltaShock(perpetual: -600_000_000, calls: 0).isClose(to: 0.1 * 600e6 / 60_030))
    }

    struct Ticker: Sendable {
        var at: Double
        var expiry: Double
        var forward: Double
        var strike: Double
        var isCall: Bool
        var volatility: Double
        var mark: Double
    }

    /// Tickers of Deribit as a public repository recorded them (mikehyland-quant/crypto-options-relative-value).
    @Test(arguments: [
        Ticker(
            at: 1_768_825_815_436, expiry: 1_769_155_200_000, forward: 93_051.2, strike: 86_000, isCall: true,
            volatility: 0.5024, mark: 0.0771),
        Ticker(
            at: 1_768_825_836_006, expiry: 1_770_364_800_000, forward: 93_190.99, strike: 100_000, isCall: false,
            volatility: 0.3706, mark: 0.0822),
        Ticker(
            at: 1_768_825_847_716, expiry: 1_774_598_400_000, forward: 93_877.73, strike: 80_000, isCall: true,
            volatility: 0.4337, mark: 0.1662),
        Ticker(
            at: 1_768_825_860_763, expiry: 1_782_460_800_000, forward: 95_066.86, strike: 90_000, isCall: true,
            volatility: 0.4437, mark: 0.1415),
        Ticker(
            at: 1_768_825_867_812, expiry: 1_790_323_200_000, forward: 96_312.7, strike: 60_000, isCall: true,
            volatility: 0.5284, mark: 0.401),
        Ticker(
            at: 1_768_825_883_924, expiry: 1_798_185_600_000, forward: 97_600.19, strike: 190_000, isCall: true,
            volatility: 0.4698, mark: 0.0195),
    ])
    func `a listed option is worth its published mark`(_ ticker: Ticker) throws {
        let seconds = (ticker.expiry - ticker.at) / 1000
        var market = MarginCase.Underlying(symbol: "BTC", spot: 93_000)
        market.expiries = [MarginCase.Expiry(secondsToExpiry: seconds, forward: ticker.forward)]
        let question = MarginCase.account([market]) { account in
            account.options = [
                MarginCase.Option(
                    underlying: "BTC", isInverse: true, isCall: ticker.isCall, secondsToExpiry: seconds,
                    strike: ticker.strike, impliedVolatility: ticker.volatility, size: 1)
            ]
        }

        let coin = try DeribitPortfolio().answer(question).equity / 93_000

        // Printed to four digits, the volatility too.
        #expect(abs(coin - ticker.mark) <= 0.00005)
    }

    @Test func `an option in its last half hour moves with what is not yet settled`() throws {
        var market = MarginCase.Underlying(symbol: "BTC", spot: 60_000)
        market.expiries = [MarginCase.Expiry(secondsToExpiry: 0, forward: 60_000, settledForward: 60_000)]
        let question = MarginCase.account([market]) { account in
            account.options = [Self.option(-1, call: true, days: 0, strike: 50_000, volatility: 0.5)]
        }

        let answer = try DeribitPortfolio().answer(question)

        #expect(answer.initialMargin == 0)
        #expect(answer.equity.isClose(to: -10_000))
    }
}
