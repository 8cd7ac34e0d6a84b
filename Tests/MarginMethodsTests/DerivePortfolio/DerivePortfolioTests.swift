import MarginMethods
import MarginModel
import Testing

@Suite struct DerivePortfolioTests {
    @Test func `the published file has the defaults`() throws {
        #expect(try DerivePortfolio(try MethodFile.tree("derive-portfolio")) == DerivePortfolio())
    }

    @Test func `a parameter that is named changes, and no other`() throws {
        var expected = DerivePortfolio()
        expected.basis.additiveFactor = 4
        expected.scenarios = [PortfolioScenario(1.1, .up, weight: 0.5)]
        let row = ParameterTree.table([
            "spotFactor": .number(1.1), "volatility": .text("up"), "weight": .number(0.5),
        ])
        let tree = ParameterTree.table(["basisAdditiveFactor": .number(4), "scenarios": .list([row])])

        #expect(try DerivePortfolio().overridden(by: tree) == expected)
    }

    @Test(
        arguments: [
            (["initialFactor": .number(-1)], "initialFactor"), (["scenarios": .list([])], "scenarios"),
            (["scenarios": .list([.table(["spotFactor": .number(1)])])], "scenarios[0].volatility"),
            (
                ["scenarios": .list([.table(["spotFactor": .number(1.1), "volatility": .text("linear")])])],
                "scenarios[0].spotFactor"
            ),
            (["dayFloor": .text("a day")], "dayFloor"),
        ] as [([String: ParameterTree], String)])
    func `a parameter that makes no sense is named`(parameters: [String: ParameterTree], name: String) {
        let fault = #expect(throws: MethodFault.self) { try DerivePortfolio(.table(parameters)) }
        #expect(fault?.description.hasPrefix(name) == true, "\(String(describing: fault))")
    }

    @Test func `the binding scenario is the published one`() throws {
        let short = try #require(PublishedPortfolio.structures.first { $0.name.hasPrefix("12 ") })
        let answer = try DerivePortfolio().answer(short.published.question)

        let binding = try #require(answer.bindings.first)
        #expect((binding.index, binding.volatility) == (0, "up"))
        #expect(abs(binding.spotMove - 0.18) < 1e-12)
        #expect(abs(binding.loss - 12_939.312020443322) < 1e-8)
        #expect(answer.components.map(\.name) == ["scan", "naked shorts"])
    }

    @Test func `where the basis loses most it binds, after the last scenario`() throws {
        var method = DerivePortfolio()
        method.scenarios = [PortfolioScenario(1, .none)]
        let answer = try method.answer(StandardQuestion.full)

        #expect(answer.bindings.map(\.volatility) == ["basis"])
        #expect(answer.bindings.map(\.index) == [1])
        #expect(answer.components.contains { $0.name == "basis" })
    }

    @Test func `an account of cash alone needs nothing, whatever the market`() throws {
        var question = StandardQuestion.full
        question.members = [MarginCase.Member()]
        question.members[0].cash = 5
        let answer = try DerivePortfolio().answer(question)

        #expect((answer.equity, answer.initialMargin, answer.bindings.count) == (5, 0, 0))
        question.underlyings = []
        #expect(try DerivePortfolio().answer(question) == answer)
    }

    private static let own: [DeriveRefusals.Refusal] = [
        (
            "more than one underlying (BTC, ETH)",
            { question in
                question.underlyings.append(MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_000))
                question.members[0].marked.append(MarginCase.Marked(underlying: "BTC", size: 1, entryPrice: 60_000))
            }
        ),
        ("the maintenanceHaircut of USDT is missing", { $0.members[0].collateral[0].maintenanceHaircut = nil }),
        ("not finite", { $0.members[0].options[0].size = 1e308 }),
    ]

    private static let refusals = own + DeriveRefusals.shared

    @Test(arguments: refusals.indices)
    func `what the method has no rule for is refused by name`(refusal: Int) {
        var question = StandardQuestion.full
        Self.refusals[refusal].1(&question)

        let fault = #expect(throws: MethodFault.self) { try DerivePortfolio().answer(question) }
        #expect(fault?.description.contains(Self.refusals[refusal].0) == true, "\(String(describing: fault))")
    }
}

/// What neither of Derive's methods has a rule for.
enum DeriveRefusals {
    /// What the fault says, and what to change in a question.
    typealias Refusal = (String, @Sendable (inout MarginCase) -> Void)

    static let shared: [Refusal] = [
        (
            "open orders",
            { question in
                question.members[0].orders = [
                    MarginCase.Order(leg: .marked(question.members[0].marked[0]), price: 1_490)
                ]
            }
        ),
        (
            "dated futures (ETH)",
            { question in
                question.members[0].marked[0].secondsToExpiry = 500_400
                question.members[0].marked[0].mark = 1_502
            }
        ),
        ("inverse perpetuals (ETH)", { $0.members[0].marked[0].isInverse = true }),
        ("inverse options (ETH)", { $0.members[0].options[0].isInverse = true }),
        ("perpetuals that settle in USDC", { $0.members[0].marked[0].settlementAsset = "USDC" }),
        ("a debt of USDT", { $0.members[0].collateral[0].amount = -1 }),
        ("the market of SOL is missing", { $0.members[0].marked[0].underlying = "SOL" }),
        ("the perpetual's price of ETH is missing", { $0.underlyings[0].perpetual = nil }),
        ("the expiry of ETH in 7 s is missing", { $0.members[0].options[0].secondsToExpiry = 7 }),
        (
            "two volatilities of one option (ETH, strike 1500)",
            { question in
                question.members[0].options.append(.call("ETH", 500_400, 1_500, 0.5, 1))
            }
        ),
        ("ETH spot is not a usable number", { $0.underlyings[0].spot = -1 }),
    ]
}
