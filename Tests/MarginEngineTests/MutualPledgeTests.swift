import MarginDomain
import MarginEngine
import Testing

/// What a member of a mutual pool stands for is in its published state, not in its explanation alone.
@Suite struct MutualPledgeTests {
    @Test func `a member's state says the most that it can lose to others, and nobody else's does`() throws {
        var pools = try MutualMarket()
        #expect(pools.pledge(of: MutualMarket.long) == .zero)

        pools.joinBoth()

        #expect(pools.pledge(of: MutualMarket.long) == dollars(6_000))
        #expect(pools.pledge(of: MutualMarket.short) == dollars(4_000))
        #expect(pools.pledge(of: MutualMarket.pool) == .zero)
        #expect(pools.pledge(of: PoolID(2)) == .zero)
        for stake in try #require(pools.explanation(MutualMarket.pool)).stakes {
            #expect(pools.pledge(of: stake.memberPool) == stake.pledge)
        }
    }

    @Test func `a pledge that is raised is published, though no other number moves`() throws {
        var pools = try MutualMarket()
        pools.joinBoth()
        _ = pools.market.engine.publishOwed(atMost: 100)

        let raised = pools.join(1, 3_000, 3_000)
        let before = raised.poolStates + pools.market.engine.publishOwed(atMost: 100).poolStates
        #expect(before.allSatisfy { $0.pool != MutualMarket.long }, "the same pledge is no news")
        let more = pools.join(1, 3_100, 3_100)

        #expect(more.refusals.isEmpty)
        let states = more.poolStates + pools.market.engine.publishOwed(atMost: 100).poolStates
        #expect(states.first { $0.pool == MutualMarket.long }?.pledge == dollars(6_200))
    }
}

extension MutualMarket {
    /// What a pool's state says.
    fileprivate mutating func pledge(of pool: PoolID) -> Value? {
        guard case .poolState(let state)? = market.ask(.poolQuery(PoolQuery(pool: pool))) else { return nil }
        return state.pledge
    }
}
