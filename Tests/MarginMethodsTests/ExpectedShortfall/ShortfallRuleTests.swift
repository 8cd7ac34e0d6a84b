import MarginDomain
import MarginMethods
import MarginModel
import Testing

/// Floors, the default model beside shortfall, and faults.
@Suite struct ShortfallRuleTests {
    static func long(_ size: Double = 1) -> MarginCase {
        ShortfallWorld.question(ShortfallWorld.member { $0.marked = [ShortfallWorld.perpetual("BTC", size)] })
    }

    @Test func `floors bind by name when they are the largest`() throws {
        let history = try ShortfallWorld.history()
        let vectors = try ShortfallWorld.method(history).losses(of: Self.long())
        func requirement(_ change: (inout ShortfallParameters) -> Void) throws -> ShortfallRequirement {
            try ShortfallWorld.method(history, change).requirement(vectors, confidence: 0.99)
        }

        let plain = try requirement { _ in }
        let stress = try requirement { $0.stress.floor = 3 }
        let longRun = try requirement { $0.longRunFloor = 4 }

        #expect(plain.binding == .weighted)
        #expect(plain.amount == 0.75 * plain.filtered + 0.25 * plain.stressed)
        #expect(stress.binding == .stressFloor && stress.amount == 3 * stress.stressed)
        #expect(longRun.binding == .longRunFloor && longRun.amount == 4 * longRun.longRun)
        // The worst window is at least as bad as the whole record.
        #expect(plain.stressed >= plain.longRun)
    }

    @Test func `a fixed stressed window takes its dates and no others`() throws {
        let history = try ShortfallWorld.history()
        let dates = history.dates
        let vectors = try ShortfallWorld.method(history).losses(of: Self.long())
        let method = ShortfallWorld.method(history) {
            ($0.stress.from, $0.stress.to, $0.stress.weight) = (dates[100], dates[399], 1)
        }

        let requirement = try method.requirement(vectors, confidence: 0.99)

        #expect(
            abs(requirement.amount - NaiveShortfall.fractional(Array(vectors.plain.losses[100...399]), 0.99)) <= 1e-9)
    }

    @Test func `value at risk is the boundary loss alone`() throws {
        let history = try ShortfallWorld.history()
        let method = ShortfallWorld.method(history) { ($0.statistic, $0.stress.weight) = (.valueAtRisk, 0) }
        let vectors = try method.losses(of: Self.long())

        // 730 × 1 % = 7.3: the eighth.
        let requirement = try method.requirement(vectors, confidence: 0.99)

        #expect(requirement.amount == vectors.filtered.losses.sorted(by: >)[7])
    }

    /// The worst past day of a coin that never moved much asks for little; the default model's 16 % does not.
    @Test func `the larger requirement holds, and its components say which it was`() throws {
        let history = try ShortfallWorld.history()
        let grid = DefaultGrid(try ShortfallGrid.parameters(), symbols: ShortfallGrid.symbols)
        func answer(_ rule: ShortfallParameters.Rule, share: Double) throws -> MethodAnswer {
            var parameters = ShortfallParameters()
            (parameters.rule, parameters.gridShare) = (rule, share)
            return try ExpectedShortfall(parameters, history: history, grid: grid).answer(Self.long())
        }
        let direct = try Self.long().answer(under: grid.parameters, symbols: grid.symbols)

        let shortfall = try answer(.shortfall, share: 0.5)
        let half = try answer(.larger, share: 0.1)
        let whole = try answer(.larger, share: 5)
        let alone = try answer(.grid, share: 0.5)

        #expect(half == shortfall)
        #expect(whole.initialMargin == 5 * direct.initialMargin)
        #expect(
            whole.components == [
                .init("default model", initial: whole.initialMargin, maintenance: whole.maintenanceMargin)
            ])
        #expect(whole.bindings.map(\.volatility) == direct.bindings.map { "\($0.shape)" })
        #expect(alone.initialMargin == direct.initialMargin && alone.maintenanceMargin == direct.maintenanceMargin)
        // Equity is one's own sum, and the same.
        #expect(abs(alone.equity - direct.equity) <= 1e-6)
    }

    @Test func `what the method lacks is named`() throws {
        let history = try ShortfallWorld.history()
        let method = ShortfallWorld.method(history)
        func fault(_ change: (inout MarginCase.Member) -> Void) -> MethodFault? {
            do { _ = try method.answer(ShortfallWorld.question(ShortfallWorld.member(change))) } catch { return error }
            return nil
        }

        #expect(fault { $0.marked = [ShortfallWorld.perpetual("XRP", 1)] } == .missing("the market of XRP", of: "XRP"))
        #expect(
            fault { $0.marked = [ShortfallWorld.perpetual("BTC", .nan)] }
                == .badNumber("size of a BTC perpetual", of: "BTC"))
        #expect(
            fault { $0.marked = [ShortfallWorld.perpetual("BTC", 1e305)] } == .overflow)
        var market = ShortfallWorld.question(ShortfallWorld.member { _ in })
        market.underlyings[1].expiries = [MarginCase.Expiry(secondsToExpiry: 100, forward: 2500)]
        market.members[0].options = [
            MarginCase.Option(
                underlying: "ETH", isCall: true, secondsToExpiry: 100, strike: 2500, impliedVolatility: 0.5, size: 1)
        ]
        #expect(throws: MethodFault.shortHistory("the history of ETH's volatility", of: "ETH")) {
            try method.answer(market)
        }
        #expect(throws: MethodFault.shortHistory("the history of BTC", of: "BTC")) {
            try ShortfallWorld.method(.empty).answer(Self.long())
        }
        #expect(throws: MethodFault.shortHistory("a history of 100 dates (there are 50) of spot BTC")) {
            try ShortfallWorld.method(history.through(50)).answer(Self.long())
        }
        #expect(throws: MethodFault.missing("the default model beside expected shortfall")) {
            try ExpectedShortfall(ShortfallParameters(), history: history).answer(Self.long())
        }
    }
}
