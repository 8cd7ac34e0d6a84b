import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import Testing

/// What an explanation says of a pool under a published method: parts that recompose to the margin exactly, and the
/// method's scenarios.
@Suite struct MethodBreakdownTests {
    /// What was explained over a stream.
    private struct Seen {
        var pools = 0
        var names: Set<String> = []
        var figures: Set<String> = []
        var scenarios = 0
        var binding = 0
        var roundings: Int64 = 0
    }

    private static func explain(_ batches: [EventBatch], under method: String) throws -> Seen {
        var engine = EngineState(parameters: .bootstrap)
        var seen = Seen()
        for (place, batch) in batches.enumerated() {
            let number = RecordNumber(UInt64(place + 1))
            _ = engine.apply(EventRecord(number: number, epoch: Epoch(1), batch: batch))
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                guard let margin = engine.margin(of: pool)?.margin, margin.status == .margined,
                    case .explanation(let explanation)? = engine.answer(
                        .explainQuery(ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0)))
                    ).first
                else { continue }
                let parts = explanation.parts.filter(\.adds)
                #expect(parts.reduce(Value.zero) { $0 + $1.initial } == margin.initial, "pool \(pool), \(parts)")
                #expect(parts.reduce(Value.zero) { $0 + $1.maintenance } == margin.maintenance, "\(pool), \(parts)")
                let rounding = parts.first { $0.name == "rounding" }
                let left = max(
                    abs(rounding?.initial.quanta ?? 0), abs(rounding?.maintenance.quanta ?? 0))
                #expect(left <= Int64(parts.count) + 1, "record \(number), pool \(pool): \(explanation.parts)")
                seen.pools += 1
                seen.roundings = max(seen.roundings, left)
                seen.names.formUnion(parts.map(\.name))
                seen.figures.formUnion(explanation.parts.filter { !$0.adds }.map(\.name))
                seen.scenarios = max(seen.scenarios, explanation.scenarios.count + explanation.methodScenarios.count)
                seen.binding += explanation.methodScenarios.count(where: \.binds)
                #expect(explanation.scenarios.isEmpty)
            }
        }
        return seen
    }

    /// A word of the parts, and how many scenarios a pool of the streams has at least: of the methods that have rules for
    /// most of what is in them. The others margin hardly more than cash there.
    private static let expected: [String: (part: String, figure: String, scenarios: Int)] = [
        "deribit-portfolio": ("worst case", "worst cell", 30), "span": ("scan", "short option minimum", 16),
    ]

    @Test(arguments: MethodStream.changes.keys.sorted(), [UInt64(44), 46])
    func `the parts of a pool's requirement recompose to it exactly`(method: String, seed: UInt64) throws {
        let sets = try #require(MethodStream.changes[method])

        let seen = try Self.explain(MethodStream.batches(seed: seed, method: method, changing: sets), under: method)

        guard let expected = Self.expected[method] else { return }
        #expect(seen.pools > 20, "\(seen)")
        #expect(seen.names.contains { $0.contains(expected.part) }, "\(seen)")
        #expect(seen.figures.contains { $0.contains(expected.figure) }, "\(seen)")
        #expect(seen.scenarios >= expected.scenarios && seen.binding > 0, "\(seen)")
    }

    @Test func `under dydx-perpetual what open interest adds is a part of its own`() throws {
        var market = try OpenInterestTests.market()
        OpenInterestTests.trade(10_000, from: 2, to: 3, 6_000_000, &market)
        OpenInterestTests.trade(300, from: 2, to: 1, 6_000_000, &market)
        market.publish(index: 60_000)

        let query = Query.explainQuery(
            ExplainQuery(pool: OpenInterestTests.pool, record: .start, version: ParameterVersion(0)))
        guard case .explanation(let explanation)? = market.ask(query) else {
            Issue.record("no explanation")
            return
        }
        let parts = explanation.parts.filter(\.adds)

        #expect(parts.map(\.name) == ["BTC-PERP", "open interest BTC-PERP"])
        #expect(parts.allSatisfy { $0.initial > .zero })
        #expect(parts.reduce(Value.zero) { $0 + $1.initial } == explanation.initialMargin)
        #expect(parts.map(\.maintenance) == [explanation.maintenanceMargin, .zero])
        #expect(explanation.parts.filter { !$0.adds }.map(\.name) == ["notional BTC-PERP"])
    }

    @Test func `under expected shortfall every date is a scenario, and all that it is the largest of is a figure`()
        throws
    {
        let batches = MethodStream.batches(seed: 44, method: "expected-shortfall", historyDays: 160, from: [1: 30])

        let seen = try Self.explain(ShortfallPoolTests.withoutOptions(batches), under: "expected-shortfall")

        #expect(seen.pools > 20 && seen.binding > 0, "\(seen)")
        #expect(seen.scenarios >= 100, "\(seen)")
        #expect(
            seen.figures.isSuperset(of: [
                "value at risk", "expected shortfall", "stressed", "long run", "weighted", "stress floor",
                "long-run floor", "default model's share",
            ]), "\(seen)")
    }
}
