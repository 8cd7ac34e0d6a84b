import MarginMethods
import MarginModel
import Testing

@Suite struct DeriveStandardTests {
    @Test func `the published file has the defaults`() throws {
        #expect(try DeriveStandard(try MethodFile.tree("derive-standard")) == DeriveStandard())
    }

    @Test func `a parameter that is named changes, and no other`() throws {
        var expected = DeriveStandard()
        expected.options.initialMax = 0.2

        #expect(try DeriveStandard().overridden(by: .table(["initialMax": .text("0.2")])) == expected)
        #expect(throws: MethodFault.self) { try DeriveStandard(.table(["coinFactor": .number(2)])) }
    }

    @Test func `a short call is named with what it needs`() throws {
        let short = try #require(PublishedStandardCase.small.first { $0.name == "Test1" })
        let answer = try DeriveStandard().answer(short.published.question)

        #expect(answer.components.map(\.name) == ["isolated options ETH 500400 s"])
        #expect(abs(answer.initialMargin - 225) < 1e-9)
        #expect(abs(answer.maintenanceMargin - 112.5) < 1e-9)
        #expect(abs(answer.equity + 79.371585) < 1e-6)
        #expect(answer.bindings.isEmpty)
    }

    @Test func `an expiry whose levels bind differently has a component for each`() throws {
        var question = StandardQuestion.full
        // Isolated the short needs 150 and 112.5 dollars beside its value of some 37; at most the spread loses 165.
        question.members[0].options = [
            .put("ETH", 500_400, 1_400, 1.05, -1), .put("ETH", 500_400, 1_235, 1.1, 1),
        ]
        let answer = try DeriveStandard().answer(question)
        let names = answer.components.map(\.name).filter { $0.contains("options") }

        try #require(names == ["isolated options ETH 500400 s", "largest loss of options ETH 500400 s"])
        #expect(answer.initial(of: names[0]) == 0)
        #expect(answer.maintenance(of: names[1]) == 0)
    }

    @Test func `a stablecoin off its peg costs every perpetual and short, in initial margin alone`() throws {
        var question = StandardQuestion.full
        question.stablecoinPrice = 0.88
        let answer = try DeriveStandard().answer(question)

        #expect(answer.initial(of: "stablecoin peg ETH").isClose(to: 0.1 * 1.2 * 1_500 * 2))
        #expect(answer.maintenance(of: "stablecoin peg ETH") == 0)
    }

    @Test func `collateral with a haircut counts by it, and coin by the parameters`() throws {
        var question = StandardQuestion.full
        question.members[0].collateral.append(
            MarginCase.Collateral(asset: "ETH", underlying: "ETH", amount: 2, price: 1_500))
        let answer = try DeriveStandard().answer(question)

        #expect(answer.initial(of: "collateral USDT").isClose(to: 999.8 * 0.05))
        #expect(answer.maintenance(of: "collateral USDT").isClose(to: 999.8 * 0.02))
        #expect(answer.initial(of: "collateral ETH").isClose(to: 3_000 * 0.9))
    }

    @Test func `a collateral that is held twice is one component`() throws {
        var question = StandardQuestion.full
        question.members[0].collateral.append(question.members[0].collateral[0])
        let answer = try DeriveStandard().answer(question)

        #expect(answer.components.count { $0.name == "collateral USDT" } == 1)
        #expect(answer.initial(of: "collateral USDT").isClose(to: 2 * 999.8 * 0.05))
    }

    @Test(arguments: DeriveRefusals.shared.indices)
    func `what the method has no rule for is refused by name`(refusal: Int) {
        var question = StandardQuestion.full
        DeriveRefusals.shared[refusal].1(&question)

        let fault = #expect(throws: MethodFault.self) { try DeriveStandard().answer(question) }
        #expect(
            fault?.description.contains(DeriveRefusals.shared[refusal].0) == true, "\(String(describing: fault))")
    }

    @Test func `numbers that are too large are refused`() {
        var question = StandardQuestion.full
        question.members[0].options[0].size = 1e308

        #expect(throws: MethodFault.overflow) { try DeriveStandard().answer(question) }
    }
}
