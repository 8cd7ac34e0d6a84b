import MarginDomain
import Testing

@testable import MarginModel

/// What members are told of their pool, on the example of a long 1.00 and a short 0.60 BTC.
@Suite struct MutualReportTests {
    /// The short one's worst loss exceeds its share by its whole credit, 2,988; the other's 3,000 are not counted, being
    /// the largest. At β_max each would lock half of what it needs alone.
    @Test func `contributions without the largest are to cover the worst default`() throws {
        let cover = try MutualExample.hedge().pool.cover

        #expect(cover.stress == .dollars(2988))
        #expect(cover.funds == .dollars(2000))
        #expect(!cover.isCovered)
        #expect(cover.contributionsNeeded == [.dollars(4980), .dollars(2988)])
    }

    @Test func `what is needed covers the worst default at any credit`() throws {
        var pools = GeneratedPools(seed: 77)
        let terms = try MutualTerms(affiliates: true)
        for round in 0..<60 {
            let pool = pools.pool(members: 3 + round % 5, underlyings: 1 + round % 2, terms: terms)
            guard let needed = pool.contributionsNeeded else { continue }
            var members = pool.members
            for member in members.indices { members[member].contribution = needed[member].rounded(.up) }
            let funded = pool.with(members)

            #expect(funded.cover.isCovered)
            for member in members.indices {
                #expect(needed[member] >= 0.1 * members[member].standAlone.initial - 1e-6)
            }
            #expect(pool.defaultsCovered == (members.count > 5 ? 2 : 1))
        }
    }

    /// Six equal longs and one short: two longs together lose twice what one does.
    @Test func `pools of more than five cover two defaults at once`() throws {
        var example = MutualExample(try MutualTerms())
        for _ in 0..<6 { example.join(1, 10, dollars: 2000, contribution: 500, lien: 500) }
        example.join(1, -30, dollars: 6000, contribution: 1000, lien: 1000)
        let seven = example.pool
        let shares = seven.shares.map { $0.standAlone.initial.quanta - $0.share.initial.quanta }

        #expect(seven.cover.stress.quanta == max(shares[0] + shares[1], shares[6]))
        #expect(seven.cover.funds == .dollars(5 * 500))
    }

    @Test func `a member is ring-fenced by its own figures`() throws {
        #expect(try MutualExample.hedge().pool.ringFence(0) == nil)
        // Stand-alone maintenance 8,040 is more than 90 % of 8,900, and anything is of nothing.
        #expect(try MutualExample.hedge(dollars: 8900).pool.ringFence(0) == .utilisation)
        #expect(try MutualExample.hedge(dollars: -5).pool.ringFence(0) == .utilisation)
    }

    /// Losers' parts of the tail: 96,000 and five times 480 of 98,400, then the small ones alone.
    @Test func `a member that bears most of the tail is ring-fenced, but nobody is in a pool of two`() throws {
        var example = MutualExample(try MutualTerms())
        example.join(1, 1000, dollars: 200_000)
        for _ in 0..<5 { example.join(1, 5, dollars: 5000) }

        #expect(example.pool.ringFence(0) == .concentration)
        #expect(example.pool.ringFence(1) == nil)
        #expect(example.pool.tailShare(0) == Ratio(975_609_756))
        example.standings.removeLast(4)
        #expect(example.pool.ringFence(0) == nil)
    }

    @Test func `a change reduces risk if neither excess falls`() throws {
        let before = try MutualExample.hedge()
        var less = before
        less.standings[0].holdings.add(NetQuantity(-10), of: InstrumentID(1))
        less.standings[0].holdings.add(Balance(6_000_000_000), of: ModelWorld.usd.id)
        var more = before
        more.standings[0].holdings.add(NetQuantity(10), of: InstrumentID(1))
        more.standings[0].holdings.add(Balance(-6_000_000_000), of: ModelWorld.usd.id)

        #expect(before.pool.isReducing(0, to: less.pool))
        #expect(!before.pool.isReducing(0, to: more.pool))
        #expect(before.pool.isReducing(0, to: before.pool))
    }

    /// Alone the short one has 9,000 − 5,976 left in its worst scenario; the long one 12,000 − 9,960.
    @Test func `dependence says what the pool would be without a member`() throws {
        let pool = try MutualExample.hedge().pool

        let dependence = [pool.dependence(on: 0), pool.dependence(on: 1)]

        #expect(dependence.map(\.excessWithout) == [.dollars(3024), .dollars(2040)])
        #expect(dependence.allSatisfy { $0.standsWithout })
        #expect(pool.exit(of: 0).isReady && pool.exit(of: 1).isReady)
    }

    @Test func `who cannot stand alone cannot leave, nor can whom others need`() throws {
        let pool = try MutualExample.hedge(dollars: 9000).pool

        let leaver = pool.exit(of: 0)
        #expect(leaver.leaverShortfall == .dollars(960))
        #expect(!leaver.isReady)
        let other = pool.exit(of: 1)
        #expect(!other.rest.standsWithout)
        #expect(other.rest.calledWithout == [.dollars(960), .zero])
        #expect(!other.isReady && other.leaverShortfall == .zero)
    }

    @Test func `what may be withdrawn leaves the share, the contribution and the pool test`() throws {
        let pool = try MutualExample.hedge().pool

        #expect(pool.withdrawable(by: 0) == .dollars(2040))
        #expect(pool.withdrawable(by: 1) == .dollars(6012))
    }

    /// With no equity the long one lacks 9,960 at −16 %. The short one's 14,544 there cover that, all but 4,584 of it.
    @Test func `gains that others rely on are locked`() throws {
        var example = try MutualExample.hedge(dollars: 0)
        example.terms = try MutualTerms(pledgeMultiple: Ratio(2 * Ratio.scale))
        example.standings[1].contribution = .dollars(4000)
        example.standings[1].lien = .dollars(8000)

        #expect(example.pool.withdrawable(by: 1) == .dollars(4584))
        #expect(example.pool.withdrawable(by: 0) == .zero)
    }

    @Test func `members short of their shares are called, the largest shortfall first`() throws {
        var example = try MutualExample.hedge(dollars: 9000)
        example.standings[1].holdings.add(Balance(-8_000_000_000), of: ModelWorld.usd.id)

        #expect(
            example.pool.calls == [
                MutualCall(member: 1, shortfall: .dollars(1988)), MutualCall(member: 0, shortfall: .dollars(960)),
            ])
        #expect(try MutualExample.hedge().pool.calls.isEmpty)
    }

    /// The pool test fails only if someone is short of its share.
    @Test func `a pool whose members have their shares passes its test`() throws {
        var pools = GeneratedPools(seed: 31)
        let terms = try MutualTerms()
        for round in 0..<100 {
            let pool = pools.pool(members: 2 + round % 4, underlyings: 1 + round % 2, terms: terms)

            if pool.calls.isEmpty { #expect(pool.excess.initial.quanta >= -Int64(pool.members.count)) }
        }
    }

    @Test func `joining shows everyone what it changes, and what stands in the way`() throws {
        var example = try MutualExample.hedge()
        let before = example.pool
        example.join(1, -40, dollars: 5000, contribution: 500, lien: 500)
        let preview = before.preview(ofJoining: 2, in: example.pool)

        #expect(preview.shares.count == 3)
        #expect(preview.shares.map(\.before) == before.shares.map(\.share.initial) + [.dollars(3984)])
        #expect(preview.shares.map(\.after) == example.pool.shares.map(\.share.initial))
        #expect(preview.pledge == .dollars(1000))
        let needed = try #require(example.pool.cover.contributionsNeeded.last)
        #expect(preview.obstacles == [.contributionTooSmall(needed: needed)])

        example.standings[2].holdings.add(Balance(-2_000_000_000), of: ModelWorld.usd.id)
        example.standings[2].contribution = needed
        #expect(before.preview(ofJoining: 2, in: example.pool).obstacles == [.noStandAloneExcess(.dollars(-984))])
    }
}
