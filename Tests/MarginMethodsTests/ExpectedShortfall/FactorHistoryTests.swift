import MarginMethods
import Testing

/// Dates × factors, and what they refuse.
@Suite struct FactorHistoryTests {
    static func series(_ first: Int, _ returns: [Double]) -> FactorHistory.Series {
        FactorHistory.Series(first: first, returns: returns)
    }

    @Test func `what was known on a date knows nothing later`() throws {
        let history = try ShortfallWorld.history(400)

        let then = history.through(100)

        #expect(then.dates == Array(history.dates[..<100]))
        #expect(then.series(.spot("BTC"))?.returns == Array(history.series(.spot("BTC"))?.returns[..<100] ?? []))
        // SOL begins on the 134th date.
        #expect(then.series(.spot("SOL")) == nil)
        #expect(history.through(140).series(.spot("SOL"))?.returns.count == 7)
    }

    @Test func `returns are logarithms of successive prices`() {
        let returns = FactorHistory.returns(of: [100, 110, 55])

        #expect(abs(returns[0] - 0.0953101798043249) <= 1e-15)
        #expect(abs(returns[1] + 0.6931471805599453) <= 1e-15)
    }

    @Test func `a history that is not whole is refused`() {
        let days = ["2024-01-01", "2024-01-02"]

        #expect(throws: MethodFault.badParameter("history.dates", "2024-01-01 comes after 2024-01-01")) {
            try FactorHistory(dates: ["2024-01-01", "2024-01-01"], series: [:])
        }
        #expect(throws: MethodFault.badParameter("history", "spot BTC has 1 returns for 2 dates")) {
            try FactorHistory(dates: days, series: [.spot("BTC"): Self.series(0, [0.1])])
        }
        #expect(throws: MethodFault.badParameter("history", "spot BTC on 2024-01-02 is nan")) {
            try FactorHistory(dates: days, series: [.spot("BTC"): Self.series(0, [0.1, .nan])])
        }
        #expect(throws: MethodFault.badParameter("history", "spot BTC on 2024-01-01 is 11.0")) {
            try FactorHistory(dates: days, series: [.spot("BTC"): Self.series(0, [11, 0])])
        }
    }

    @Test func `parameters carry a history`() throws {
        let tree = ParameterTree.table([
            "history": .table([
                "dates": .list([.text("2024-01-01"), .text("2024-01-02")]),
                "spot": .table(["BTC": .list([.number(0.1), .text("-0.2")]), "SOL": .list([.number(0.3)])]),
                "basis": .table(["BTC": .list([.number(0), .number(0.001)])]),
                "volatility": .table(["BTC": .table(["30": .list([.number(0.05), .number(0)])])]),
            ])
        ])

        let history = try ExpectedShortfall(tree).history

        #expect(history.dates == ["2024-01-01", "2024-01-02"])
        #expect(history.series(.spot("BTC")) == Self.series(0, [0.1, -0.2]))
        #expect(history.series(.spot("SOL")) == Self.series(1, [0.3]))
        #expect(history.series(.basis("BTC")) == Self.series(0, [0, 0.001]))
        #expect(history.series(.volatility("BTC", days: 30)) == Self.series(0, [0.05, 0]))
    }

    @Test(arguments: [
        (ParameterTree.table(["history": .table(["days": .list([])])]), MethodFault.unknownParameter("history.days")),
        (
            .table(["history": .table(["spot": .table(["BTC": .list([.number(0.1)])])])]),
            .badParameter("history.spot.BTC", "1 returns for 0 dates")
        ),
        (
            .table(["history": .table(["volatility": .table(["BTC": .table(["x": .list([])])])])]),
            .badParameter("history.volatility.BTC.x", "expected a tenor in days")
        ),
        (.table(["decay": .number(1)]), .unknownParameter("decay")),
        (
            .table(["filter": .table(["decay": .number(1)])]),
            .badParameter("filter.decay", "1.0 is outside of 0.0...0.9999")
        ),
        (
            .table(["confidence": .table(["maintenance": .number(0.995)])]),
            .badParameter("confidence.maintenance", "maintenance is not more confident than initial margin")
        ),
        (
            .table(["stress": .table(["from": .text("2022-01-01")])]),
            .badParameter("stress.to", "a stressed window has two dates in order, or none")
        ),
        (.table(["rule": .text("both")]), .badParameter("rule", "\"both\" is none of grid, shortfall, larger")),
    ])
    func `parameters that make no sense are named`(tree: ParameterTree, fault: MethodFault) {
        #expect(throws: fault) { try ExpectedShortfall(tree) }
    }
}
