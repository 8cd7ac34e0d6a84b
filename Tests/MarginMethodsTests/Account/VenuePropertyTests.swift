import MarginMethods
import MarginModel
import Testing

/// What holds of every venue's method, over random accounts; the number of a case is its seed.
@Suite struct VenuePropertyTests {
    private static let seeds = 1...250

    private static func methods() throws -> [(method: any MarginMethod, contents: GeneratedVenueAccount.Contents)] {
        let cross: ParameterTree = .table(["mode": .text("cross")])
        return [
            (DeribitPortfolio(), .all), (try DeribitPortfolio(cross), .all), (OkxRange(), .all),
            (SpanMargin(), .linear),
            (DydxPerpetual(), .perpetuals),
        ]
    }

    private func check(_ body: (any MarginMethod, MarginCase, Comment) throws -> Void) throws {
        for (method, contents) in try Self.methods() {
            for seed in Self.seeds {
                let question = GeneratedVenueAccount(seed: seed, contents).question
                try body(method, question, "\(type(of: method).name) \(seed)")
            }
        }
    }

    @Test func `adding cash adds exactly that to equity and nothing to the requirement`() throws {
        try check { method, question, comment in
            var richer = question
            richer.members[0].cash += 1_024
            let (before, after) = (try method.answer(question), try method.answer(richer))

            #expect(after.initialMargin == before.initialMargin, comment)
            #expect(after.maintenanceMargin == before.maintenanceMargin, comment)
            #expect(abs(after.equity - before.equity - 1_024) <= 1e-9 * (abs(after.equity) + 1_024), comment)
        }
    }

    @Test func `initial margin is never below maintenance margin, nor that below nothing`() throws {
        try check { method, question, comment in
            let answer = try method.answer(question)

            #expect(answer.maintenanceMargin >= 0, comment)
            #expect(answer.initialMargin >= answer.maintenanceMargin, comment)
        }
    }

    @Test func `components sum to the requirements`() throws {
        try check { method, question, comment in
            let answer = try method.answer(question)

            let (initial, maintenance) = answer.components.reduce((0, 0)) {
                ($0.0 + $1.initial, $0.1 + $1.maintenance)
            }
            #expect(answer.initialMargin.isClose(to: initial), comment)
            #expect(answer.maintenanceMargin.isClose(to: maintenance), comment)
        }
    }

    @Test func `what binds is among the scenarios behind an answer, none of its underlying is worse`() throws {
        try check { method, question, comment in
            let (answer, detail) = (try method.answer(question), try method.detail(of: question))
            guard !detail.scenarios.isEmpty else { return }
            for binding in answer.bindings {
                let bound = detail.scenarios.filter { $0.underlying == binding.underlying && $0.binds(in: answer) }
                // Deribit's worst case counts in coin to nine decimals: half of one is less than 100 quanta.
                #expect(bound.contains { abs(-$0.gain - binding.loss) <= 1e-4 + 1e-9 * binding.loss }, comment)
            }
            for scenario in detail.scenarios where scenario.gain < -1 {
                let losses = answer.bindings.filter { $0.underlying == scenario.underlying }.map(\.loss)
                #expect(losses.contains { $0 >= -scenario.gain * (1 - 1e-8) }, comment)
            }
        }
    }

    @Test func `the order of positions does not matter, nor who of one owner holds them`() throws {
        try check { method, question, comment in
            var turned = question
            turned.underlyings.reverse()
            turned.members[0].marked.reverse()
            turned.members[0].collateral.reverse()
            var second = MarginCase.Member(id: "B")
            second.options = turned.members[0].options.reversed()
            turned.members[0].options = []
            turned.members.append(second)
            let (before, after) = (try method.answer(question), try method.answer(turned))

            #expect(after.equity.isClose(to: before.equity), comment)
            #expect(after.initialMargin.isClose(to: before.initialMargin), comment)
            #expect(after.maintenanceMargin.isClose(to: before.maintenanceMargin), comment)
            #expect(after.bindings.map(\.index) == before.bindings.map(\.index), comment)
        }
    }

    @Test func `all methods agree on what an account is worth`() throws {
        for seed in Self.seeds {
            let question = GeneratedVenueAccount(seed: seed, .perpetuals).question
            let answers = try Self.methods().map { try $0.method.answer(question) }

            // All but dYdX, which knows no mark but the oracle price.
            for answer in answers.dropLast() {
                #expect(answer.equity.isClose(to: answers[0].equity), "\(seed)")
                #expect(answer.markToMarket.isClose(to: answers[0].markToMarket), "\(seed)")
            }
            var atSpot = question
            for place in atSpot.underlyings.indices {
                atSpot.underlyings[place].perpetual = atSpot.underlyings[place].spot
            }
            let oracle = try DeribitPortfolio().answer(atSpot)
            // Prices and sizes are whole steps on dYdX.
            #expect(abs(answers[4].equity - oracle.equity) < 1e-3, "\(seed)")
        }
    }
}
