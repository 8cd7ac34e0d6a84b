import MarginDomain
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// Account numbers and pools outlive their accounts; both stay their owner's.
@Suite struct ReopenedAccountTests {
    /// Account 3 had an isolated position, and was closed.
    private static func closed() throws -> SmallMarket {
        var market = try SmallMarket()
        for quantity in [5, -5] as [Int64] {
            let (buyer, seller) = quantity > 0 ? (AccountID(3), AccountID(2)) : (AccountID(2), AccountID(3))
            market.send(
                .trade([
                    Trade(
                        trade: TradeID(1), instrument: SmallMarket.perpetual, price: Price(6_000_000),
                        quantity: Quantity(5), buyer: buyer, buyerMode: quantity > 0 ? .isolated : .cross,
                        buyerOrder: OrderID(0), buyerFee: .zero, seller: seller,
                        sellerMode: quantity > 0 ? .cross : .isolated, sellerOrder: OrderID(0), sellerFee: .zero,
                        kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: market.time)
                ]))
        }
        #expect(market.send(.accountClosed([AccountClosed(account: AccountID(3))])).refusals.isEmpty)
        return market
    }

    private static func join(_ account: UInt64, _ pool: PoolID) -> EventGroup {
        .poolMembership([
            PoolMembership(
                account: AccountID(account), instrument: .none, pool: pool, agreement: .ownPool, action: .join,
                contribution: .zero, pledge: .zero)
        ])
    }

    /// The oracle refuses what the engine refuses.
    private static func alike(_ market: SmallMarket) {
        var folds = TwoFolds()
        for record in market.records {
            #expect(folds.fold(record.batch, as: Int(record.number.rawValue)) == nil)
        }
        #expect(folds.engine.allMembers == folds.oracle.memberships.keys.sorted())
        #expect(folds.oracle.refusals.values.reduce(0, +) == 1)
    }

    @Test func `a closed account is not opened again under another owner`() throws {
        var market = try Self.closed()

        let refused = market.send(
            .accountOpened([AccountOpened(account: AccountID(3), owner: OwnerID(8), pool: PoolID(30))]))

        #expect(refused.refusals == [.identifierTaken])
        #expect(market.engine.memberPlaces[Member(AccountID(3))] == nil)
        Self.alike(market)
    }

    @Test func `under its own owner it is, and meets its isolated pool again`() throws {
        var market = try Self.closed()
        let isolated = PoolID.isolated(AccountID(3), SmallMarket.perpetual)
        let old = try #require(market.engine.poolPlaces[isolated])

        let opened = market.send(
            .accountOpened([AccountOpened(account: AccountID(3), owner: OwnerID(3), pool: PoolID(30))]))
        market.send(
            .transfer([
                Transfer(
                    reference: Reference(1), fromAccount: AccountID(2), fromInstrument: .none, toAccount: AccountID(3),
                    toInstrument: SmallMarket.perpetual, asset: SmallMarket.usd, amount: Money(1_000_000))
            ]))

        #expect(opened.refusals.isEmpty)
        let member = try #require(market.engine.memberPlaces[Member(AccountID(3), isolated: SmallMarket.perpetual)])
        #expect(market.engine.members[member.number].pool == old)
        #expect(market.engine.pools[old.number].owner == OwnerID(3))
    }

    @Test func `nobody joins under the id of an isolated position that does not exist yet`() throws {
        var market = try SmallMarket()

        let refused = market.send(Self.join(2, .isolated(AccountID(1), SmallMarket.perpetual)))

        #expect(refused.refusals == [.identifierTaken])
        Self.alike(market)
    }

    @Test func `a pool that its owner's members have left is still not another owner's`() throws {
        var market = try SmallMarket()
        market.send(Self.join(1, PoolID(70)))
        market.send(
            .poolMembership([
                PoolMembership(
                    account: AccountID(1), instrument: .none, pool: PoolID(70), agreement: .ownPool, action: .leave,
                    contribution: .zero, pledge: .zero)
            ]))

        let refused = market.send(Self.join(2, PoolID(70)))

        #expect(refused.refusals == [.membership])
        Self.alike(market)
    }
}
