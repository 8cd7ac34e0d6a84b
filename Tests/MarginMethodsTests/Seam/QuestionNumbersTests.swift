import MarginMethods
import MarginModel
import Testing

@Suite struct QuestionNumbersTests {
    private static let changes: [(String, @Sendable (inout MarginCase) -> Void)] = [
        ("an account", { $0.members = [] }), ("stablecoinPrice", { $0.stablecoinPrice = 0 }),
        ("stablecoinConfidence", { $0.stablecoinConfidence = 1.5 }), ("ETH spot", { $0.underlyings[0].spot = -1 }),
        ("ETH spotConfidence", { $0.underlyings[0].spotConfidence = .nan }),
        ("ETH perpetual price", { $0.underlyings[0].perpetual = 0 }),
        ("ETH slowPrice", { $0.underlyings[0].slowPrice = 0 }),
        ("openInterest ETH-PERP", { $0.underlyings[0].openInterest = ["ETH-PERP": -1] }),
        ("ETH 500400 s forward", { $0.underlyings[0].expiries[0].forward = .infinity }),
        ("ETH 500400 s settledForward", { $0.underlyings[0].expiries[0].settledForward = 1e9 }),
        ("ETH 500400 s rateConfidence", { $0.underlyings[0].expiries[0].rateConfidence = -0.1 }),
        ("cash", { $0.members[0].cash = .nan }), ("amount of USDT", { $0.members[0].collateral[0].amount = .nan }),
        ("price of USDT", { $0.members[0].collateral[0].price = -1 }),
        ("size of a ETH perpetual", { $0.members[0].marked[0].size = .infinity }),
        ("strike of an option on ETH", { $0.members[0].options[0].strike = 0 }),
        ("impliedVolatility of an option on ETH", { $0.members[0].options[0].impliedVolatility = -0.1 }),
        (
            "price of an order",
            {
                $0.members[0].orders = [MarginCase.Order(leg: .option($0.members[0].options[0]), price: .nan)]
            }
        ),
    ]

    @Test(arguments: changes.indices)
    func `a number that cannot be used is named`(change: Int) {
        var question = StandardQuestion.full
        Self.changes[change].1(&question)

        let fault = #expect(throws: MethodFault.self) { try question.checkNumbers() }
        #expect(fault?.description.contains(Self.changes[change].0) == true, "\(String(describing: fault))")
    }

    @Test func `usable numbers pass`() throws { try StandardQuestion.full.checkNumbers() }
}

/// A question with something of everything that Derive's methods accept.
enum StandardQuestion {
    static let full: MarginCase = {
        var ether = MarginCase.Underlying(symbol: "ETH", spot: 1_500, perpetual: 1_505)
        ether.expiries = [MarginCase.Expiry(secondsToExpiry: 500_400, forward: 1_500.833279310994, rate: 0.15)]
        var account = MarginCase.Member()
        account.cash = 100
        account.collateral = [
            MarginCase.Collateral(
                asset: "USDT", amount: 1_000, price: 0.9998, maintenanceHaircut: 0.02, initialHaircut: 0.03)
        ]
        account.marked = [MarginCase.Marked(underlying: "ETH", size: 1, entryPrice: 1_535)]
        account.options = [.call("ETH", 500_400, 1_500, 1.047884494085, -1)]
        return MarginCase(underlyings: [ether], members: [account])
    }()
}
