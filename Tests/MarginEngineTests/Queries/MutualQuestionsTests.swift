import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// Questions about members of mutual pools: by their share, with everybody else as they are.
@Suite struct MutualQuestionsTests {
    @Test(arguments: zip([MutualMarket.long, MutualMarket.long, MutualMarket.short], [1 as Int64, -1, 1]))
    func `the largest trade of a member and every partial fill fit as a what-if, and one lot more does not`(
        pool: PoolID, side: Int64
    ) throws {
        var pools = try Self.joined()
        let query = LargestQuery(pool: pool, instrument: SmallMarket.perpetual, side: Quantity(side), price: .zero)
        guard case .largestAnswer(let answer)? = pools.market.ask(.largestQuery(query)) else {
            Issue.record("no answer")
            return
        }
        let lots = answer.quantity.lots
        #expect(lots.signum() == side)

        let before = try Self.excess(&pools, of: pool, 0)
        for part in 1...abs(lots) {
            #expect(try Self.excess(&pools, of: pool, part * side).isAllowed(after: before), "\(part) lots")
        }
        #expect(try !Self.excess(&pools, of: pool, lots + side).isAllowed(after: before))
    }

    @Test func `a ring-fenced member's largest trade is what reduces, and its checks pass that and no more`() throws {
        var pools = try Self.joined()
        // Maintenance margin of the long one comes to more than 90 % of its equity.
        pools.market.publish(index: 55_900)
        #expect(pools.explanation(MutualMarket.long)?.stakes.first?.ringFence == .utilisation)
        let bought = try pools.market.largest(SmallMarket.perpetual, side: 1).quantity
        let sold = try pools.market.largest(SmallMarket.perpetual, side: -1).quantity.lots

        #expect(bought == .zero && sold < -100)
        #expect(try pools.market.check(sold, of: SmallMarket.perpetual, seconds: 0).accepted)
        let more = try pools.market.check(sold - 1, of: SmallMarket.perpetual, seconds: 0)
        #expect(!more.accepted && more.shortfall > .zero)
        #expect(try !pools.market.check(1, of: SmallMarket.perpetual, seconds: 0).accepted)
    }

    @Test func `every cure of a member reaches its share as a what-if, and a unit less does not`() throws {
        var pools = try Self.joined()
        pools.withdraw(3, dollars: 3_600)
        pools.market.publish(index: 63_000)
        guard case .curesAnswer(let cures)? = pools.market.ask(.curesQuery(CuresQuery(pool: MutualMarket.short))) else {
            Issue.record("no answer")
            return
        }
        let missing = try Self.excess(&pools, of: MutualMarket.short, 0).initial
        #expect(missing < .zero && cures.shortfall == .zero - missing)

        let deposits = cures.steps.filter { $0.kind != .trade }
        #expect(deposits.map(\.asset) == [SmallMarket.usd, SmallMarket.usdc, SmallMarket.gold, SmallMarket.btc])
        for step in deposits {
            for (amount, isEnough) in [(step.amount.units, true), (step.amount.units - 1, false)] {
                let after = try Self.excess(
                    &pools, of: MutualMarket.short, [SmallMarket.change(amount, of: step.asset)])
                #expect((after.initial >= .zero) == isEnough, "\(amount) of asset \(step.asset)")
            }
        }
        let trades = cures.steps.filter { $0.kind == .trade }
        #expect(!trades.isEmpty)
        let traded = trades.map { SmallMarket.change($0.quantity.lots, of: $0.instrument, at: $0.price) }
        #expect(try Self.excess(&pools, of: MutualMarket.short, traded).initial >= .zero)
    }

    @Test func `a member may withdraw what explain says, once, and less while others have reserved theirs`() throws {
        var pools = try Self.joined()
        let free = try #require(pools.explanation(MutualMarket.long)?.stakes.first?.withdrawable).quanta
        #expect(free > 0)
        #expect(try pools.market.check(withdrawing: free + 1).shortfall == Value(1))
        var taken = pools
        #expect(try taken.market.check(withdrawing: free).accepted)
        #expect(try !taken.market.check(withdrawing: 1).accepted)
        // What was reserved comes true.
        taken.market.send(
            .withdrawal([
                Withdrawal(
                    reference: Reference(9), account: AccountID(1), instrument: .none, asset: SmallMarket.usd,
                    amount: Money(free), status: .held)
            ]))
        #expect(taken.explanation(MutualMarket.long)?.stakes.first?.withdrawable == .zero)
        #expect(try #require(taken.explanation(MutualMarket.long)?.stakes.first).poolExcess >= .zero)

        // The other one first: what is left for both is what the pool test leaves.
        let others = 3_000_000_000 as Int64
        guard case .checkAnswer(let first)? = pools.market.ask(.checkQuery(Self.withdrawal(of: others, from: 3))),
            first.accepted
        else {
            Issue.record("the other member's withdrawal was not accepted")
            return
        }
        let second = try pools.market.check(withdrawing: free, seconds: 0)
        pools.market.send(
            .withdrawal([
                Withdrawal(
                    reference: Reference(10), account: AccountID(3), instrument: .none, asset: SmallMarket.usd,
                    amount: Money(others), status: .held)
            ]))
        let left = try #require(pools.explanation(MutualMarket.long)?.stakes.first?.withdrawable)
        #expect(second.accepted == (left.quanta >= free))
        #expect(second.shortfall == Value(max(0, free - left.quanta)))
    }

    @Test func `a withdrawal that would ring-fence the member is neither shown nor passed`() throws {
        var pools = try Self.joined()
        let stake = try #require(pools.explanation(MutualMarket.short)?.stakes.first)
        // Stand-alone maintenance margin may be 90 % of equity: 0.8·5,760 + 216 dollars of 5,360. Its share, half of
        // 5,976 dollars, and its contribution would leave more.
        let free = stake.withdrawable.quanta
        #expect(stake.equity == Value(9_000_000_000) && free == 9_000_000_000 - 5_360_000_000)
        for (amount, isAccepted) in [(free, true), (free + 1, false)] {
            guard case .checkAnswer(let answer)? = pools.market.ask(.checkQuery(Self.withdrawal(of: amount, from: 3)))
            else {
                Issue.record("no answer")
                return
            }
            #expect(answer.accepted == isAccepted, "\(amount)")
            #expect((answer.shortfall > .zero) != isAccepted)
        }
    }

    @Test func `what a member may withdraw is what a check passes, to the unit, wherever prices are`() throws {
        var pools = try Self.joined()
        var bound: Set<Bool> = []
        for dollars in stride(from: 56_000.0, through: 64_000, by: 500) {
            pools.market.publish(index: dollars)
            for (pool, account) in [(MutualMarket.long, 1), (MutualMarket.short, 3)] as [(PoolID, UInt64)] {
                let stake = try #require(pools.explanation(pool)?.stakes.first)
                let free = stake.withdrawable.quanta
                var asked = pools
                for (amount, isAccepted) in [(free, true), (free + 1, false)] where amount > 0 {
                    let query = CheckQuery(
                        account: AccountID(account), instrument: .none, quantity: .zero, price: .zero,
                        asset: SmallMarket.usd, amount: Money(-amount), reserveFor: .zero, mode: .cross,
                        token: Reference(0))
                    guard case .checkAnswer(let answer)? = asked.market.ask(.checkQuery(query)) else {
                        Issue.record("no answer")
                        return
                    }
                    #expect(answer.accepted == isAccepted, "pool \(pool) at \(dollars): \(amount)")
                }
                bound.insert(free > 0)
            }
        }
        #expect(bound.count == 2)
    }

    private static func joined() throws -> MutualMarket {
        var pools = try MutualMarket()
        pools.joinBoth()
        pools.pass(MutualMarket.day)
        return pools
    }

    private static func withdrawal(of amount: Int64, from account: UInt64) -> CheckQuery {
        CheckQuery(
            account: AccountID(account), instrument: .none, quantity: .zero, price: .zero, asset: SmallMarket.usd,
            amount: Money(-amount), reserveFor: .seconds(5), mode: .cross, token: Reference(77))
    }

    private static func excess(_ pools: inout MutualMarket, of pool: PoolID, _ lots: Int64) throws -> MarginExcess {
        let change = SmallMarket.change(lots, of: SmallMarket.perpetual, at: Price(6_000_000))
        return try excess(&pools, of: pool, lots == 0 ? [] : [change])
    }

    private static func excess(
        _ pools: inout MutualMarket, of pool: PoolID, _ changes: [WhatIfChange]
    ) throws -> MarginExcess {
        let query = WhatIfQuery(pool: pool, version: ParameterVersion(0), changes: changes)
        guard case .whatIfAnswer(let after)? = pools.market.ask(.whatIfQuery(query)) else {
            throw SmallMarket.OtherAnswer(answer: nil)
        }
        return MarginExcess(
            initial: after.equityAfter - after.initialAfter, maintenance: after.equityAfter - after.maintenanceAfter)
    }
}
