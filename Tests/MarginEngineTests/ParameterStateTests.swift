import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// What subscribers are told of sets of risk parameters: docs/event-rules.md §8.
@Suite struct ParameterStateTests {
    @Test func `each set that the market brings is announced with its values, then in force`() throws {
        var market = try DaysTests.market()
        for day in 0..<3 { market.pass(to: day.isMultiple(of: 2) ? 66_000 : 60_000) }
        let states = try Self.states(market)

        #expect(states.first?.reason == .unapproved)
        #expect(states.first?.previous == ParameterVersion(1) && states.first?.version == ParameterVersion(2))
        let market1 = states.filter { $0.version == .ofEngine(1) }
        #expect(market1.map(\.reason) == [.market, .market])
        let (announced, inForce) = (try #require(market1.first), try #require(market1.last))
        #expect(announced.takesEffect > announced.eventTime && announced.previous == ParameterVersion(2))
        #expect(inForce.takesEffect == .zero && inForce.eventTime >= announced.takesEffect)
        #expect(inForce.base == ParameterVersion(2) && inForce.previous == ParameterVersion(2))
        for state in market1 {
            #expect(state.values.contains { $0.key == Symbol(ascii: "range") && $0.value == Ratio(200_000_000) })
        }
        // The last in force is what margins use, its values are whole, and what is left is announced.
        let last = try #require(states.last { $0.takesEffect == .zero })
        #expect(last.version == market.engine.parameters.version)
        let known = try #require(market.known().first { $0.version == last.version })
        #expect(last.values == known.values)
        #expect(states.last?.takesEffect != .zero && states.last?.previous == last.version)
    }

    @Test func `people's sets say how they came into force`() throws {
        var market = try SmallMarket()
        market.set([("approvals", 1)])
        market.set([("kappa", 0.7)], .proposed, from: 901)
        market.set([("kappa", 0.7)], .approved, version: 3, from: 902)
        #expect(try Self.states(market).count == 1)
        market.set([("kappa", 0.7)], .effective, version: 3, from: 902)
        market.set([("range", 0.2)], .effective, version: 4, from: 901)
        let before = try #require(market.known().first { $0.status == .effective && !$0.inForce })
        market.restate(before, from: 901)
        market.set([("kappa", 0.9)], .effective, version: 9, from: 901)

        let states = try Self.states(market)
        #expect(states.map(\.reason) == [.unapproved, .approved, .emergency, .rollback])
        #expect(states.map(\.version.rawValue) == [2, 3, 4, 3])
        #expect(states.map(\.previous.rawValue) == [1, 2, 3, 4])
        #expect(states.allSatisfy { $0.takesEffect == .zero && $0.base == $0.version })
    }

    @Test func `one shard says it, all others nothing`() throws {
        var market = try DaysTests.market()
        market.pass(to: 66_000)
        let map = ShardMap(shardCount: 2)
        let all = try Self.states(market)
        #expect(!all.isEmpty)
        #expect(try Self.states(market, ShardShare(map, shard: 0)) == all)
        #expect(try Self.states(market, ShardShare(map, shard: 1)).isEmpty)
    }

    private static func states(
        _ market: SmallMarket, _ share: ShardShare = .whole
    ) throws -> [ParameterState] {
        var engine = EngineState(share: share, parameters: try SmallMarket.parameters())
        return market.records.flatMap { engine.apply($0).parameterStates }
    }
}
