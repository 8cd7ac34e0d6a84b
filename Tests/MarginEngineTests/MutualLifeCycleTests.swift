import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// Each member of a mutual pool lives by its own share.
@Suite struct MutualLifeCycleTests {
    @Test func `a member is called and liquidated by itself, the other is not touched`() throws {
        var pools = try MutualMarket(MutualMarket.terms(ramp: .zero))
        pools.joinBoth()

        // 51,700: the long one has lost 8,300 of its 12,000, the short one has gained 4,980.
        pools.market.publish(index: 51_700)

        #expect(pools.state(MutualMarket.long) == .liquidating)
        #expect(pools.state(MutualMarket.short) == .healthy)
        let long = try #require(pools.margin(MutualMarket.long))
        #expect(long.equity == dollars(3_700) && long.equity < long.maintenance)
    }

    @Test func `while the pool test fails whoever has less than its share is called at once`() throws {
        // With a tenth of credit a tenth of what the short one needs alone covers its default.
        var pools = try MutualMarket(MutualMarket.terms(betaMax: 100_000_000, ramp: .zero))
        // What the short member gains at -16 % pays for others up to 598 dollars.
        pools.join(1, 1_000, 1_000)
        pools.join(3, 598, 0)
        pools.withdraw(1, dollars: 2_600)
        #expect(pools.explanation(MutualMarket.pool)?.stakes.first?.poolExcess == dollars(38))
        #expect(pools.state(MutualMarket.long) == .restricted, "9,400 of 9,960, and the pool stands")

        let effects = pools.withdraw(1, dollars: 100)

        #expect(pools.explanation(MutualMarket.pool)?.stakes.first?.poolExcess == dollars(-62))
        let long = try #require(pools.margin(MutualMarket.long))
        #expect(long.equity > long.release && pools.state(MutualMarket.long) == .marginCall)
        #expect(effects.signals.first { $0.pool == MutualMarket.long }?.shortfall == dollars(660))
        #expect(pools.state(MutualMarket.short) == .healthy)
        #expect(pools.state(MutualMarket.pool) == .marginCall)
    }

    @Test func `a ring-fenced member has no credit, and is called for an hour before it is liquidated`() throws {
        var pools = try MutualMarket(MutualMarket.terms(betaMax: 500_000_000, ramp: .zero))
        pools.joinBoth()
        // Alone it needs 4,824 for maintenance: with 4,700 that is more than nine tenths, and less than it needs alone.
        let effects = pools.withdraw(3, dollars: 4_300)

        #expect(pools.explanation(MutualMarket.short)?.stakes.first?.ringFence == .utilisation)
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(5_976))
        #expect(effects.signals.last { $0.pool == MutualMarket.short }?.kind == .marginCall)
        #expect(pools.state(MutualMarket.short) == .marginCall)
        pools.pass(.seconds(3_599))
        #expect(pools.state(MutualMarket.short) == .marginCall)
        pools.pass(.seconds(2))
        #expect(pools.state(MutualMarket.short) == .liquidating)
    }

    @Test func `questions about a member answer by its share or are refused by name`() throws {
        var pools = try MutualMarket(MutualMarket.terms(ramp: .zero))
        pools.joinBoth()
        let pool = MutualMarket.short
        let change = WhatIfChange(
            account: AccountID(0), instrument: SmallMarket.perpetual, quantity: Quantity(60), price: Price(6_000_000),
            asset: AssetID(0), amount: .zero)

        guard
            case .whatIfAnswer(let answer)? = pools.market.ask(
                .whatIfQuery(WhatIfQuery(pool: pool, version: ParameterVersion(0), changes: [change])))
        else {
            Issue.record("no answer")
            return
        }
        #expect(answer.initialBefore == dollars(2_988) && answer.initialAfter == .zero)
        let together = try pools.market.fault(
            .whatIfQuery(WhatIfQuery(pool: MutualMarket.pool, version: ParameterVersion(0), changes: [change])))
        #expect(together.fault == .notAvailable)
        #expect(
            try pools.market.fault(.curesQuery(CuresQuery(pool: MutualMarket.pool))).fault == .notAvailable)
        // Orders are checked by what the member needs alone.
        let (small, large) = try (
            pools.market.check(10, of: SmallMarket.perpetual), pools.market.check(30, of: SmallMarket.perpetual)
        )
        #expect(small.accepted && !large.accepted)
        let withdrawal = pools.explanation(MutualMarket.long)?.stakes.first?.withdrawable
        #expect(withdrawal == dollars(2_040))
    }
}
