import MarginMethods
import MarginModel
import Testing

/// What holds of both of Derive's methods, over random accounts; the number of a case is its seed.
@Suite struct DerivePropertyTests {
    private static let seeds = 1...300
    private static let methods: [any MarginMethod] = [DerivePortfolio(), DeriveStandard()]

    private func check(_ body: (any MarginMethod, GeneratedAccount, Int) throws -> Void) rethrows {
        for method in Self.methods {
            for seed in Self.seeds { try body(method, GeneratedAccount(seed: seed), seed) }
        }
    }

    @Test func `adding cash adds exactly that to equity and nothing to the requirement`() throws {
        try check { method, account, seed in
            var richer = account.question
            richer.members[0].cash += 1_024
            let (before, after) = (try method.answer(account.question), try method.answer(richer))

            #expect(after.initialMargin == before.initialMargin, "\(type(of: method).name) \(seed)")
            #expect(after.maintenanceMargin == before.maintenanceMargin, "\(type(of: method).name) \(seed)")
            #expect(abs(after.equity - before.equity - 1_024) <= 1e-12 * (abs(after.equity) + 1_024))
        }
    }

    @Test func `the order of positions does not matter`() throws {
        try check { method, account, seed in
            var turned = account.question
            turned.members[0].options.reverse()
            turned.members[0].collateral.reverse()
            turned.underlyings[0].expiries.reverse()

            let answers = (try method.answer(account.question), try method.answer(turned))
            #expect(answers.0.isNear(answers.1), "\(type(of: method).name) \(seed)")
        }
    }

    @Test func `positions held in parts, or by members of one owner, count as one`() throws {
        try check { method, account, seed in
            var parts = account.question
            var second = MarginCase.Member(id: "second")
            for place in parts.members[0].options.indices {
                let size = parts.members[0].options[place].size
                var part = parts.members[0].options[place]
                // The parts differ in sign: together they are the whole.
                part.size = -size
                parts.members[0].options[place].size = 2 * size
                second.options.append(part)
            }
            for place in parts.members[0].marked.indices {
                var part = parts.members[0].marked[place]
                part.size *= 0.25
                part.unsettledFunding = 0
                parts.members[0].marked[place].size *= 0.75
                second.marked.append(part)
            }
            parts.members.append(second)

            let answers = (try method.answer(account.question), try method.answer(parts))
            #expect(answers.0.isNear(answers.1), "\(type(of: method).name) \(seed)")
        }
    }

    @Test func `initial margin is never below maintenance margin, nor either below nothing`() throws {
        try check { method, account, seed in
            let answer = try method.answer(account.question)

            #expect(answer.initialMargin >= answer.maintenanceMargin - 1e-9, "\(type(of: method).name) \(seed)")
            #expect(answer.maintenanceMargin >= -1e-9 * abs(answer.equity), "\(type(of: method).name) \(seed)")
        }
    }

    @Test func `components sum to the requirements`() throws {
        try check { method, account, _ in
            let answer = try method.answer(account.question)

            #expect(answer.components.reduce(0) { $0 + $1.initial } == answer.initialMargin)
            #expect(answer.components.reduce(0) { $0 + $1.maintenance } == answer.maintenanceMargin)
            #expect(Set(answer.components.map(\.name)).count == answer.components.count)
        }
    }

    @Test func `what binds is the worst of the scenarios behind an answer`() throws {
        var bound = 0
        try check { method, account, seed in
            let (answer, detail) = (try method.answer(account.question), try method.detail(of: account.question))
            guard let binding = answer.bindings.first else { return }

            let worst = detail.scenarios.min { $0.gain < $1.gain }
            #expect(worst.map { -$0.gain } == binding.loss, "\(seed)")
            #expect(detail.scenarios.contains { $0.binds(in: answer) && $0.gain == -binding.loss }, "\(seed)")
            bound += 1
        }
        #expect(bound > 10)
    }

    @Test func `twice the account has twice the margin`() throws {
        try check { method, account, seed in
            var twice = account.question
            twice.members.append(twice.members[0])
            var (single, double) = (try method.answer(account.question), try method.answer(twice))
            single.equity *= 2
            single.markToMarket *= 2
            single.initialMargin *= 2
            single.maintenanceMargin *= 2

            #expect(single.isNear(double), "\(type(of: method).name) \(seed)")
        }
    }

    @Test func `prices of less confidence never lower initial margin, and never touch maintenance margin`() throws {
        try check { method, account, seed in
            var sure = account.question
            sure.underlyings[0].spotConfidence = 1
            let (unsure, surely) = (try method.answer(account.question), try method.answer(sure))

            #expect(unsure.initialMargin >= surely.initialMargin - 1e-9, "\(type(of: method).name) \(seed)")
            #expect(unsure.maintenanceMargin == surely.maintenanceMargin, "\(type(of: method).name) \(seed)")
        }
    }
}
