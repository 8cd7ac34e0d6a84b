import MarginMethods
import MarginModel
import Testing

@Suite struct AccountTests {
    private static let methods: [any MarginMethod] = [DeribitPortfolio(), OkxRange(), SpanMargin(), DydxPerpetual()]

    private static func faults(_ question: MarginCase) -> [MethodFault?] {
        methods.map { method in
            do throws(MethodFault) {
                _ = try method.answer(question)
                return nil
            } catch { return error }
        }
    }

    private static let bitcoin = MarginCase.Underlying(symbol: "BTC", spot: 50_000)

    @Test func `a mutual pool is no account`() throws {
        var question = MarginCase.account([Self.bitcoin]) { $0.cash = 1 }
        question.agreement = .mutual(try MutualTerms())

        #expect(Self.faults(question) == [MethodFault?](repeating: .unsupported("mutual pools"), count: 4))
    }

    @Test func `what the market lacks is named`() {
        let perpetual = MarginCase.account([Self.bitcoin]) {
            $0.marked = [MarginCase.Marked(underlying: "BTC", size: 1, entryPrice: 1)]
        }
        let future = MarginCase.account([Self.bitcoin]) {
            $0.marked = [MarginCase.Marked(underlying: "BTC", secondsToExpiry: 9, size: 1, entryPrice: 1)]
        }
        let option = MarginCase.account([Self.bitcoin]) {
            $0.options = [
                MarginCase.Option(
                    underlying: "BTC", isCall: true, secondsToExpiry: 9, strike: 1, impliedVolatility: 1, size: 1)
            ]
        }
        let coin = MarginCase.account([]) {
            $0.collateral = [MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 1, price: 0)]
        }

        // dYdX has no mark beside the oracle price.
        #expect(
            Self.faults(perpetual).prefix(3)
                == [MethodFault?](repeating: .missing("the perpetual's price of BTC", of: "BTC"), count: 3)[...])
        #expect(Self.faults(perpetual)[3] == nil)
        #expect(
            Self.faults(future)
                == [MethodFault?](repeating: .missing("the mark of a future on BTC", of: "BTC"), count: 4))
        #expect(
            Self.faults(option) == [MethodFault?](repeating: .missing("the expiry of BTC in 9 s", of: "BTC"), count: 4))
        #expect(Self.faults(coin) == [MethodFault?](repeating: .missing("the market of BTC", of: "BTC"), count: 4))
    }

    @Test func `numbers too large for an answer are an overflow`() {
        let question = MarginCase.account([MarginCase.Underlying(symbol: "BTC", spot: 1e300, perpetual: 1e300)]) {
            $0.marked = [MarginCase.Marked(underlying: "BTC", size: 1e300, entryPrice: 1)]
        }

        #expect(Self.faults(question) == [MethodFault?](repeating: .overflow, count: 4))
    }

    @Test func `an empty account needs nothing`() throws {
        for method in Self.methods {
            let answer = try method.answer(.account([Self.bitcoin]) { $0.cash = 7 })

            #expect(
                answer
                    == MethodAnswer(
                        equity: 7, markToMarket: 0, initialMargin: 0, maintenanceMargin: 0, components: []))
        }
    }

    @Test func `linear profit counts at the price of the coin it is paid in`() throws {
        var question = MarginCase.account([MarginCase.Underlying(symbol: "BTC", spot: 100, perpetual: 110)]) {
            $0.marked = [
                MarginCase.Marked(underlying: "BTC", settlementAsset: "USDT", size: 2, entryPrice: 100)
            ]
        }
        question.stablecoinPrice = 0.5

        #expect(try OkxRange().answer(question).equity.isClose(to: 10))
        question.members[0].collateral = [MarginCase.Collateral(asset: "USDT", amount: 1, price: 0.25)]
        #expect(try OkxRange().answer(question).equity.isClose(to: 5.25))
    }
}
