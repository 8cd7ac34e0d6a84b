import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// Joining and leaving mutual pools, as docs/event-rules.md §10 says.
@Suite struct MutualMembershipTests {
    @Test func `strangers share the example's requirement after a day's ramp, each in its own pool`() throws {
        var pools = try MutualMarket()
        pools.joinBoth()

        #expect(pools.margin(MutualMarket.short)?.initial == dollars(5_976), "no credit on the first day")
        pools.pass(.seconds(43_200))
        #expect(pools.margin(MutualMarket.short)?.initial.quanta ?? 0 < dollars(4_490).quanta, "half of it")
        pools.pass(.seconds(43_200))
        #expect(pools.margin(MutualMarket.long)?.initial == dollars(9_960))
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(2_988))
        #expect(pools.margin(MutualMarket.pool)?.initial == dollars(12_948))
        #expect(pools.margin(MutualMarket.pool)?.equity == dollars(21_000))
        let credit = pools.margin(MutualMarket.short)?.components[.credit]
        #expect(credit?.initial == dollars(-2_988))

        let stakes = try #require(pools.explanation(MutualMarket.pool)?.stakes)
        #expect(stakes.map(\.memberPool) == [MutualMarket.long, MutualMarket.short])
        #expect(stakes.map(\.pledge) == [dollars(6_000), dollars(4_000)])
        #expect(stakes.allSatisfy { $0.beta == Ratio(500_000_000) && $0.poolExcess == dollars(6_040) })
        #expect(stakes[1].market == dollars(-2_988) && stakes[1].own == .zero && stakes[1].others == .zero)
        let own = try #require(pools.explanation(MutualMarket.short))
        #expect(own.stakes == [stakes[1]] && own.members.count == 1, "a member sees itself")
    }

    @Test func `whoever lacks what the agreement asks for is refused by name`() throws {
        func refusal(_ attempt: (inout MutualMarket) -> RecordEffects) throws -> MutualRefusal? {
            var pools = try MutualMarket()
            guard case .mutual(let refusal)? = attempt(&pools).refusals.first else { return nil }
            return refusal
        }
        let attempts: [(MutualRefusal, (inout MutualMarket) -> RecordEffects)] = [
            (.pledgeBeyondMultiple, { $0.join(1, 3_000, 3_001) }),
            (.contributionTooSmall(needed: dollars(996)), { $0.join(1, 900, 0) }),
            (.contributionBeyondEquity(dollars(12_000)), { $0.join(1, 12_001, 0) }),
            (
                .contributionTooSmall(needed: dollars(2_988)),
                {
                    // A tenth is 597.60; the worst default beyond half the credit takes half of what it needs alone.
                    $0.join(1, 3_000, 3_000)
                    return $0.join(3, 2_987, 0)
                }
            ),
            (
                .noStandAloneExcess(.zero),
                {
                    $0.withdraw(1, dollars: 2_040)
                    return $0.join(1, 3_000, 0)
                }
            ),
            (
                .bound,
                {
                    $0.join(1, 3_000, 0)
                    return $0.join(1, 3_000, 0, pool: PoolID(501))
                }
            ),
            (
                .pledgeLocked,
                {
                    $0.join(1, 3_000, 1_000)
                    return $0.join(1, 3_000, 999)
                }
            ),
            (
                .noticeGiven,
                {
                    $0.joinBoth()
                    $0.leave(1)
                    return $0.leave(1)
                }
            ),
        ]
        for (expected, attempt) in attempts {
            let found = try refusal(attempt)
            #expect(found == expected)
        }
    }

    @Test func `affiliates are who the exchange linked`() throws {
        var pools = try MutualMarket(MutualMarket.terms(affiliates: true, digest: ""))
        pools.join(1, 3_000, 3_000)

        let stranger = pools.join(3, 2_988, 1_012)
        #expect(stranger.refusals == [.mutual(.strangers)])
        pools.market.send(
            .ownerLinked([1, 3].map { OwnerLinked(owner: OwnerID($0), group: OwnerID(7)) }))
        let linked = pools.join(3, 2_988, 1_012)
        #expect(linked.refusals.isEmpty)
    }

    @Test func `an agreement that cannot hold is refused, and nobody joins under it`() throws {
        var pools = try MutualMarket(MutualMarket.terms(digest: ""))

        let join = pools.join(1, 3_000, 0)
        #expect(join.refusals == [.unknownAgreement(MutualMarket.agreement)])
        var other = MutualMarket.terms()
        other.model = Symbol(ascii: "span")
        let method = pools.market.send(.poolAgreement([other]))
        #expect(method.refusals == [.mutual(.method)])
        let absurd = pools.market.send(.poolAgreement([MutualMarket.terms(betaMax: 1_000_000_001)]))
        #expect(absurd.refusals == [.mutual(.terms(.outOfRange(.betaMax, Ratio(1_000_000_001))))])
    }

    @Test func `notice takes its time, and then waits until all can stand`() throws {
        var pools = try MutualMarket(MutualMarket.terms(ramp: .zero))
        pools.joinBoth()
        // With half the credit of 5,976 the short member may have less than it needs alone.
        pools.withdraw(3, dollars: 3_500)
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(2_988))

        pools.leave(3)
        let end = pools.market.time + MutualMarket.day
        #expect(pools.explanation(MutualMarket.short)?.stakes.first?.leaves == end)
        pools.pass(.seconds(86_399))
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(2_988))
        pools.pass(.seconds(2))
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(2_988), "it cannot stand alone yet")
        pools.market.deposit(3, 5_000)
        pools.pass(.seconds(2))
        #expect(pools.margin(MutualMarket.short)?.initial == dollars(5_976))
        #expect(pools.explanation(MutualMarket.short)?.stakes.isEmpty == true)
        #expect(pools.explanation(MutualMarket.pool)?.stakes.count == 1)
    }

    @Test func `a member that cannot leave is tried ever more rarely, up to a bound`() throws {
        var pools = try MutualMarket(MutualMarket.terms(ramp: .zero))
        pools.joinBoth()
        pools.withdraw(3, dollars: 3_500)
        pools.leave(3)
        pools.pass(MutualMarket.day)
        // Failures at the ends of waits of 1, 2, 4, 8, 16, 32, 64 and 64 seconds.
        for seconds in [1, 2, 4, 8, 16, 32, 64, 64] as [Int32] {
            var soon = pools
            soon.market.deposit(3, 5_000)
            soon.pass(.milliseconds(seconds * 1_000 - 2))
            #expect(soon.explanation(MutualMarket.short)?.stakes.isEmpty == false, "\(seconds) s have not passed")
            soon.pass(.milliseconds(1))
            #expect(soon.explanation(MutualMarket.short)?.stakes.isEmpty == true, "\(seconds) s have passed")
            pools.pass(.seconds(seconds))
        }
    }

    @Test func `with one record one member leaves, the first in order of those that are due`() throws {
        var pools = try MutualMarket(MutualMarket.terms(ramp: .zero))
        pools.joinBoth()
        let end = pools.market.time + MutualMarket.day
        pools.market.deposit(3, 5_000)
        pools.leave(3)
        pools.leave(1)
        pools.pass(.seconds(86_401))
        #expect(pools.market.time > end)
        let left = [MutualMarket.long, MutualMarket.short].map { pools.explanation($0)?.stakes.isEmpty == true }
        #expect(left == [false, true], "its notice ended first")
        pools.pass(.milliseconds(1))
        #expect(pools.explanation(MutualMarket.long)?.stakes.isEmpty == true)
    }

    @Test func `a bound pool takes nobody in, and its account stays open`() throws {
        var pools = try MutualMarket()
        pools.joinBoth()
        let join = pools.join(2, 0, 0, pool: MutualMarket.long, agreement: .ownPool)

        #expect(join.refusals == [.mutual(.bound)])
        pools.trade(seller: 1, buyer: 2, lots: 100)
        pools.withdraw(1, dollars: 12_000)
        let closed = pools.market.send(.accountClosed([AccountClosed(account: AccountID(1))]))
        #expect(closed.refusals == [.mutual(.bound)])
    }
}
