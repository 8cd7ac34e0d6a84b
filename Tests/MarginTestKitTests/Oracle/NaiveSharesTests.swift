import MarginDomain
import MarginTestKit
import Testing

@Suite struct NaiveSharesTests {
    /// Accounts 1 and 2 in pool 77.
    private func pooled() throws -> SmallExchange {
        var small = try SmallExchange.withPerpetuals()
        for account in [1, 2] as [UInt64] {
            small.send(
                .poolMembership([
                    PoolMembership(
                        account: AccountID(account), instrument: .none, pool: PoolID(77), agreement: .ownPool,
                        action: .join, contribution: .zero, pledge: .zero)
                ]))
        }
        return small
    }

    @Test func `members with the same side share in proportion to their positions`() throws {
        var small = try pooled()

        small.trade(1, 300, at: 60_000, buyer: 1, seller: 9)
        small.trade(1, 100, at: 60_000, buyer: 2, seller: 9)

        let initial = small.exchange.shares(of: .initial, in: PoolID(77))
        let shares = try #require(initial)
        #expect(shares.shares.map(\.standAlone) == [.dollars(29_880), .dollars(9960)])
        #expect(shares.shares.map(\.share) == [.dollars(29_880), .dollars(9960)])
    }

    @Test(arguments: NaiveRequirement.allCases)
    func `shares sum to the pool's requirement and pooling costs nobody more`(
        requirement: NaiveRequirement
    ) throws {
        var small = try pooled()

        small.trade(1, 300, at: 60_000, buyer: 1, seller: 9)
        small.trade(1, 100, at: 60_000, buyer: 9, seller: 2)
        small.trade(3, 777, at: 3000, buyer: 2, seller: 9)

        let computed = small.exchange.shares(of: requirement, in: PoolID(77))
        let shares = try #require(computed)
        let margin = small.exchange.margin(of: PoolID(77))
        let total = requirement == .initial ? margin.initialMargin : margin.maintenanceMargin
        #expect(shares.shares.map(\.share).reduce(.zero, +) == total)
        for share in shares.shares { #expect(share.share <= share.standAlone) }
    }

    @Test func `a quantum that cannot be split goes to the first of equal members`() throws {
        var small = try pooled()
        try small.list(8, .linearPerpetual, on: SmallExchange.btc)
        small.mark(8, 0.01)

        small.trade(8, 1, at: 0.01, buyer: 1, seller: 9)
        small.trade(8, 2, at: 0.01, buyer: 2, seller: 9)

        let initial = small.exchange.shares(of: .initial, in: PoolID(77))
        let shares = try #require(initial)
        let total = small.exchange.margin(of: PoolID(77)).initialMargin
        #expect(shares.shares.map(\.share).reduce(.zero, +) == total)
    }
}
