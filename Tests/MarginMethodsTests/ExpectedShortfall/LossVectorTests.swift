import MarginMethods
import MarginModel
import Testing

/// The vector that trades update, and what follows from its being a sum.
@Suite struct LossVectorTests {
    @Test func `a book's vector is its contracts' vectors times their quantities`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())
        func unit(_ change: (inout MarginCase.Member) -> Void) throws -> LossVectors {
            try method.losses(of: ShortfallWorld.question(ShortfallWorld.member(change)))
        }
        let perpetual = try unit { $0.marked = [ShortfallWorld.perpetual("ETH", 1)] }
        let call = try unit { $0.options = [ShortfallWorld.option(isCall: true, 64_000, 1)] }
        let late = try unit { $0.marked = [ShortfallWorld.perpetual("SOL", 1)] }

        var sum = perpetual
        sum.add(perpetual, times: 6)
        sum.add(call, times: -2.5)
        sum.add(late, times: 30)
        let whole = try unit {
            $0.marked = [ShortfallWorld.perpetual("ETH", 7), ShortfallWorld.perpetual("SOL", 30)]
            $0.options = [ShortfallWorld.option(isCall: true, 64_000, -2.5)]
        }

        #expect(sum.filtered.first == whole.filtered.first && sum.plain.first == whole.plain.first)
        for (own, other) in zip(sum.filtered.losses, whole.filtered.losses) {
            // Sums of thousands of dollars in another order.
            #expect(abs(own - other) <= 1e-9)
        }
        let requirement = try method.requirement(sum, confidence: 0.99)
        #expect(abs(requirement.amount - (try method.requirement(whole, confidence: 0.99)).amount) <= 1e-9)
    }

    @Test func `a pool of one owner never needs more than its members together`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())
        var inputs = SeededInputs(seed: 8)
        for _ in 0..<25 {
            let members = (0..<3).map { _ in
                ShortfallWorld.member { member in
                    member.marked = ["BTC", "ETH", "SOL"].map {
                        ShortfallWorld.perpetual($0, inputs.number(-3, 3) * ($0 == "BTC" ? 1 : 20))
                    }
                    member.options = [
                        ShortfallWorld.option(isCall: true, inputs.number(50_000, 70_000), inputs.number(-2, 2))
                    ]
                }
            }

            let pool = try method.answer(
                ShortfallWorld.question(members[0], members[1], members[2]))
            let alone = try members.map { try method.answer(ShortfallWorld.question($0)) }

            let sum = alone.reduce(0.0) { $0 + $1.initialMargin }
            #expect(pool.initialMargin <= sum * (1 + 1e-12))
            #expect(pool.maintenanceMargin <= pool.initialMargin)
            #expect(abs(pool.equity - alone.reduce(0.0) { $0 + $1.equity }) <= 1e-6)
        }
    }

    @Test func `twice the book needs twice the margin`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())
        func account(_ times: Double) -> MarginCase {
            ShortfallWorld.question(
                ShortfallWorld.member {
                    $0.marked = [ShortfallWorld.perpetual("ETH", 3 * times)]
                    $0.options = [ShortfallWorld.option(isCall: false, 55_000, -times)]
                })
        }

        let once = try method.answer(account(1)).initialMargin

        #expect(abs(try method.answer(account(2)).initialMargin - 2 * once) <= 1e-9 * once)
    }

    @Test func `adding vectors keeps the dates that both have`() {
        var early = LossVector(first: 2, losses: [1, 2, 3, 4])

        early.add(LossVector(first: 4, losses: [10, 20]), times: 2)

        #expect(early == LossVector(first: 4, losses: [23, 44]))
    }
}
