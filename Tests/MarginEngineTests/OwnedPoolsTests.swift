import MarginDomain
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// What is kept of owners of several pools, from entry to entry.
@Suite struct OwnedPoolsTests {
    /// In one stream of four sizes are charged.
    @Test(arguments: [1, 5, 9, 13, 17, 21] as [UInt64])
    func `what is kept of every owner is what adding up all that it has gives, after every record`(seed: UInt64) {
        var engine = EngineState(parameters: .bootstrap)
        var kept = 0
        for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            kept += engine.owners.all.count { $0.asOf != nil }
            for pool in engine.pools.indices.map({ PoolIndex(place: Int32($0)) }) {
                let found = engine.elsewhere(of: pool)
                guard found == engine.addedUp(besides: pool) else {
                    Issue.record("seed \(seed), record \(place + 1), pool \(engine.pools[pool.number].id)")
                    return
                }
            }
        }
        #expect(kept > 200)
    }

    @Test func `the id under which a mutual pool was joined is not among anybody's pools`() throws {
        var pools = try MutualMarket()

        pools.joinBoth()

        let standing = try #require(pools.market.engine.poolPlaces[MutualMarket.pool])
        #expect(pools.market.engine.groups.map(\.pool) == [standing])
        #expect(pools.market.engine.owners.ofSeveral.isEmpty)
        #expect(pools.market.engine.owners.all.allSatisfy { $0.pools.count == 1 })
    }

    @Test func `a trade after a cut touches what its own pool is, and reads no other`() throws {
        var market = try SmallMarket()
        market.send(
            .riskParameters([
                RiskParameters(
                    version: ParameterVersion(2), status: .effective, key: Symbol(ascii: "liquiditySlope"),
                    asset: AssetID(0), index: 0, value: Ratio(20_000_000), last: true)
            ]))
        market.send(.accountOpened([AccountOpened(account: AccountID(4), owner: OwnerID(1), pool: PoolID(4))]))
        market.deposit(1, 1_000_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        let owner = try #require(market.engine.owners.ofSeveral.first)
        let version = market.engine.owners.all[owner.number].asOf
        let four = try #require(market.engine.poolPlaces[PoolID(4)])

        market.trade(50, of: SmallMarket.perpetual, at: Price(6_000_000))

        // Nothing was added up anew, and yet the other pool would see both trades.
        #expect(version != nil && market.engine.owners.all[owner.number].asOf == version)
        let seen = market.engine.owners.all[owner.number].elsewhere(of: four)[SmallMarket.btc]
        #expect(seen == OwnerSizes.Size(net: 90_000_000_000, contracts: 90_000_000_000))
    }
}

extension EngineState {
    /// What the owner of a pool has in its others: every position and balance, valued and added up; nil without others.
    fileprivate func addedUp(besides place: PoolIndex) -> OwnerSizes? {
        let own = pools.indices.filter { number in
            pools[number].owner == pools[place.number].owner && !groups.contains { $0.pool.number == number }
        }
        guard own.contains(place.number), own.count > 1 else { return nil }
        return own.filter { $0 != place.number }.reduce(OwnerSizes()) { sum, number in
            sum + pools[number].members.reduce(OwnerSizes()) { $0 + book.sizes(of: holdings(of: $1)) }.magnitudes
        }
    }
}
