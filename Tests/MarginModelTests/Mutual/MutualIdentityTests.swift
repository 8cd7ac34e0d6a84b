import MarginDomain
import Testing

@testable import MarginModel

/// What must hold for every mutual pool, on generated books.
@Suite struct MutualIdentityTests {
    private static let batches = 1...4 as ClosedRange<UInt64>
    private static let booksPerBatch = GeneratedBooksCount.value / 4 + 1

    /// The covered test is that of the shares themselves: whoever has exactly its share is enough.
    @Test(arguments: batches)
    func `shares lie between the least credit and standing alone, and cover every scenario`(_ seed: UInt64) throws {
        var books = MutualBooks(seed: seed, terms: try MutualTerms(affiliates: seed % 2 == 0))
        for round in 0..<Self.booksPerBatch {
            let pool = try #require(books.pool(books.standings(2 + round % 4)))
            let least = 1 - books.terms.betaMax.fraction

            var isRight = pool.beta >= .zero && pool.beta <= books.terms.betaMax && pool.isExact
            for (number, share) in pool.shares.enumerated() {
                let alone = pool.members[number].standAlone
                isRight =
                    isRight && share.share.initial <= share.standAlone.initial
                    && share.share.maintenance <= share.standAlone.maintenance
                    && Double(share.share.initial.quanta) >= least * alone.initial
                    && share.share.initial >= share.share.release && share.share.release >= share.share.maintenance
                    && share.component.initial <= share.standAlone.initial
                    && share.component.maintenance <= share.standAlone.maintenance
            }
            var covered = pool.question(.initial)
            covered.money = pool.members.indices.map { pool.share($0, .initial) - pool.members[$0].addOns.initial }
            isRight = isRight && PledgedExcess(covered).value >= -Credit.slack(pool.members)
            #expect(isRight, "round \(round)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    /// The netted requirement of a mutual pool is the netted scan and everyone's own charges.
    @Test(arguments: batches)
    func `components sum to the netted requirement, which is at most the sum of the stand-alone ones`(
        _ seed: UInt64
    ) throws {
        var books = MutualBooks(seed: 100 + seed, terms: try MutualTerms())
        for round in 0..<Self.booksPerBatch {
            let standings = books.standings(2 + round % 4)
            let pool = try #require(books.pool(standings))
            let scan = books.books.world.book.margin(of: standings.together).components[.scan]
            let shares = pool.shares

            let addOns = pool.members.reduce(0.0) { $0 + $1.addOns.initial }
            let netted = shares.reduce(Value.zero) { $0 + $1.component.initial }
            let alone = shares.reduce(Value.zero) { $0 + $1.standAlone.initial }
            let requirement = shares.reduce(Value.zero) { $0 + $1.share.initial }
            // Coin is rounded down to a quantum for each member, and its loss to the nearest.
            let coins: Int64 = 8
            #expect(abs(netted.quanta - scan.initial.quanta - Int64(addOns)) <= coins)
            #expect(netted <= alone && netted.quanta <= requirement.quanta + 8 && requirement <= alone)
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    @Test(arguments: batches)
    func `members without bounds to their pledges have the netted excess`(_ seed: UInt64) throws {
        var books = MutualBooks(seed: 200 + seed, terms: try MutualTerms(betaMax: Ratio(Ratio.scale)))
        for round in 0..<Self.booksPerBatch {
            var standings = books.standings(2 + round % 4)
            for number in standings.indices {
                standings[number].contribution = Value(1 << 50)
                standings[number].lien = Value(1 << 50)
            }
            let pool = try #require(books.pool(standings))
            let whole = books.books.world.book.margin(of: standings.together)

            let addOns = pool.members.reduce(0.0) { $0 + $1.addOns.initial }
            let expected = whole.equity.quanta - whole.components[.scan].initial.quanta - Int64(addOns)
            #expect(abs(pool.excess.initial.quanta - expected) <= 16)
            #expect(pool.beta == Ratio(Ratio.scale))
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    @Test(arguments: batches)
    func `the order of members does not matter`(_ seed: UInt64) throws {
        var books = MutualBooks(seed: 300 + seed, terms: try MutualTerms(affiliates: true))
        for round in 0..<Self.booksPerBatch {
            let standings = books.standings(2 + round % 4)
            let pool = try #require(books.pool(standings))
            let turned = try #require(books.pool(Array(standings.reversed())))

            // Averages are sums of doubles: a quantum may fall the other way, and β with it.
            #expect(abs(pool.beta.billionths - turned.beta.billionths) <= 1)
            #expect(abs(pool.excess.initial.quanta - turned.excess.initial.quanta) <= 1)
            for (share, other) in zip(pool.shares, turned.shares.reversed()) {
                let billionth = share.standAlone.initial.quanta / Ratio.scale + 2
                #expect(abs(share.share.initial.quanta - other.share.initial.quanta) <= billionth)
            }
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    @Test(arguments: batches)
    func `adding cash adds exactly that to the member's excess, and at most that to the pool's`(_ seed: UInt64) throws {
        var books = MutualBooks(seed: 400 + seed, terms: try MutualTerms())
        for round in 0..<Self.booksPerBatch {
            var standings = books.standings(2 + round % 4)
            let before = try #require(books.pool(standings))
            let cash = Int64(books.books.inputs.whole(1...2_000_000_000))
            standings[1].holdings.add(Balance(Int128(cash)), of: ModelWorld.usd.id)
            let after = try #require(books.pool(standings))

            #expect(after.beta == before.beta)
            #expect(after.shares[1].excess.quanta == before.shares[1].excess.quanta + cash)
            #expect(after.shares.map(\.share) == before.shares.map(\.share))
            let gained = after.excess.initial.quanta - before.excess.initial.quanta
            #expect(gained >= 0 && gained <= cash)
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    /// Halfway between two books a pool has at least half of both excesses: pledges as they are, losses and money mixed.
    @Test(arguments: 1...3, batches)
    func `the pool excess is concave along random segments`(_ underlyings: Int, _ seed: UInt64) throws {
        var pools = GeneratedPools(seed: 500 + seed)
        let terms = try MutualTerms()
        for round in 0..<Self.booksPerBatch / 3 + 1 {
            let scenarios = pools.scenarios(underlyings: underlyings)
            let factors = PerRequirement(initial: 1.0, maintenance: 0.8, release: 0.9)
            let count = 1 + round % 4
            func members() -> [MutualMember] { (0..<count).map { _ in pools.member(scenarios, factors: factors) } }
            let (left, right) = (members(), members())
            let part = pools.inputs.unit()
            func excess(_ money: (Int) -> Double, _ losses: (Int, Int) -> Double) -> Double {
                PledgedExcess(
                    PledgedExcess.Question(
                        scenarios: scenarios, factor: 1, money: (0..<count).map(money),
                        pledges: left.map { $0.pledge(terms) },
                        losses: (0..<count).map { member in (0..<scenarios.columnCount).map { losses(member, $0) } })
                ).value
            }
            let ends = [left, right].map { end in excess({ end[$0].equity }, { end[$0].losses[$1] }) }

            let between = excess(
                { part * left[$0].equity + (1 - part) * right[$0].equity },
                { part * left[$0].losses[$1] + (1 - part) * right[$0].losses[$1] })

            #expect(between >= part * ends[0] + (1 - part) * ends[1] - 1e-7)
        }
        GeneratedBooksCount.note(Self.booksPerBatch / 3 + 1)
    }
}
