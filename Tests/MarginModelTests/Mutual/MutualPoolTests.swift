import MarginDomain
import Testing

@testable import MarginModel

/// Mutual pools that can be followed with a pencil: the examples of docs/margin-model.md §12, and `β` by bisection.
@Suite struct MutualPoolTests {
    /// Long 1 and short 0.6 BTC at 60,000. Alone: scan 9,600 and 5,760, basis 300 and 180, fee 60 and 36. Together they
    /// lose 3,840 at −16 %, of which 9,600 and −5,760 are theirs.
    @Test func `a hedger is credited half of its benefit if pledges allow`() throws {
        let pool = try MutualExample.hedge().pool

        let shares = pool.shares
        #expect(pool.beta == Ratio(500_000_000))
        #expect(shares.map(\.standAlone.initial) == [.dollars(9960), .dollars(5976)])
        #expect(shares.map(\.component.initial) == [.dollars(9960), .dollars(-5544)])
        #expect(shares.map(\.share.initial) == [.dollars(9960), .dollars(2988)])
        #expect(shares.map(\.share.maintenance) == [.dollars(8040), .dollars(2412)])
        #expect(shares.map(\.pledge) == [.dollars(6000), .dollars(4000)])
        // At −16 % the long one has 12,000 − 360 − 9,600 left, and the short one's gains count up to its pledge.
        #expect(pool.excess.initial == .dollars(2040 + 4000))
    }

    /// At +16 % the short one has 5,976·(1 − β) − 216 − 5,760 = −5,976·β left, which the long one's 2,000 must cover.
    @Test func `credit ends where the pledges of the others end`() throws {
        let pool = try MutualExample.hedge(contribution: 1000, lien: 1000).pool

        #expect(pool.beta == Ratio(334_672_021))
        #expect(pool.shares[1].share.initial == Value(3_976_000_003))
        #expect(pool.shares[0].share.initial == .dollars(9960))
    }

    @Test func `a lien counts up to the multiple of what is locked`() throws {
        let pool = try MutualExample.hedge(contribution: 1000, lien: 50_000).pool

        #expect(pool.shares[0].pledge == .dollars(2000))
    }

    @Test func `without pledges nobody is credited`() throws {
        let pool = try MutualExample.hedge(contribution: 0, lien: 5000).pool

        #expect(pool.beta == .zero)
        #expect(pool.shares.map(\.share) == pool.shares.map(\.standAlone))
    }

    /// Long 1 BTC, long 10 and short 16 ETH. Apart BTC falls 16 % and ETH rises 20 %: 9,600 + 3,000. Together the worst is
    /// c = −3, BTC at −4 and ETH at −2: 9,600 − 1,500. Scan 0.2·12,600 + 0.8·8,100 = 9,000, of which the three lose
    /// 9,600; 0.2·(−5,000) + 0.8·2,500 = 1,000; 0.2·8,000 − 0.8·4,000 = −1,600.
    @Test func `components of several underlyings follow both choices of the worst scenario`() throws {
        let pool = try MutualExample.threeMembers().pool

        #expect(pool.shares.map(\.component.initial) == [.dollars(9960), .dollars(1150), .dollars(-1360)])
        #expect(pool.shares.map(\.standAlone.initial) == [.dollars(9960), .dollars(5150), .dollars(8240)])
        #expect(pool.beta == Ratio(800_000_000))
        #expect(pool.shares.map(\.share.initial) == [.dollars(9960), .dollars(1950), .dollars(1648)])
    }

    @Test(arguments: 1...2)
    func `bisection over the enumeration of every scenario ends at the same credit`(_ underlyings: Int) throws {
        var pools = GeneratedPools(seed: UInt64(40 + underlyings))
        let terms = try MutualTerms(betaMax: Ratio(900_000_000))
        var bound = 0
        for round in 0..<(underlyings == 1 ? 200 : 8) {
            let pool = pools.pool(members: 2 + round % 3, underlyings: underlyings, terms: terms, grain: .continuous)
            // The pool allows a quantum per member for the rounding of charges.
            let expected = NaiveMutual.beta(pool, betaMax: 0.9, slack: Credit.slack(pool.members))

            #expect(abs(pool.beta.fraction - expected) <= 1.2e-9)
            if pool.beta > .zero, pool.beta < terms.betaMax { bound += 1 }
        }
        #expect(bound > (underlyings == 1 ? 40 : 1), "\(bound) pools were limited by their pledges")
    }

    @Test func `a member of little weight is credited little, and a ring-fenced one nothing`() throws {
        let whole = try MutualExample.hedge().pool
        let half = try MutualExample.hedge(creditWeight: Ratio(500_000_000)).pool
        let none = try MutualExample.hedge(creditWeight: .zero).pool

        #expect(whole.shares[1].share.initial == .dollars(2988))
        #expect(half.shares[1].share.initial == .dollars(5976 - 1494))
        #expect(none.shares[1].share == none.shares[1].standAlone)
    }

    @Test func `a pool of one has its stand-alone requirement`() throws {
        var example = try MutualExample.hedge()
        example.standings.removeLast()

        #expect(example.pool.shares.map(\.share.initial) == [.dollars(9960)])
        #expect(example.pool.shares.map(\.component.initial) == [.dollars(9960)])
    }

    @Test func `a member without margin leaves all without shares`() throws {
        var example = try MutualExample.hedge()
        example.standings[1].holdings.add(NetQuantity(1), of: InstrumentID(99))

        guard case .withoutMargin(let member, let status) = example.outcome else {
            Issue.record("a pool with an unlisted instrument has shares")
            return
        }
        #expect(member == 1)
        #expect(status == .unpriceable(.notListed(InstrumentID(99))))
    }
}
