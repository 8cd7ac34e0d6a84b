import MarginDomain
import Testing

@testable import MarginModel

/// Why shares changed.
@Suite struct ShareChangeTests {
    /// Doubling a long of 1 BTC: 9,960 more by its own doing, and then 5 % more on all of it from the market.
    @Test func `a change is split into own trades, others' trades, market and parameters, in that order`() {
        var example = ModelWorld()
        example.index(ModelWorld.btc, 6_000_000)
        let perpetual = example.perpetual(1, ModelWorld.btc)
        example.mark(perpetual, 6_000_000)
        example.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        func held(_ lots: [Int128]) -> [MemberHoldings] {
            lots.enumerated().map { number, lots in
                var holdings = PoolHoldings()
                holdings.add(NetQuantity(lots), of: perpetual.id)
                return MemberHoldings(member: Member(AccountID(UInt64(number + 1))), holdings: holdings)
            }
        }
        let earlier = example.book
        example.index(ModelWorld.btc, 6_300_000)
        example.mark(perpetual, 6_300_000)
        // Late enough for the slow price to have followed.
        example.book.refresh(ModelWorld.btc.id, at: ModelWorld.after(days: 1))
        let dearer = ModelWorld.parameters([ModelWorld.entry("liquidationFee", 0.002)])
        let later = example.book.book(under: dearer)

        let changes = later.shareChanges(since: earlier, held([100, 50]), to: held([200, 50]))

        #expect(changes[0].initial.own == .dollars(9960))
        #expect(changes[0].initial.others == .zero)
        #expect(changes[0].initial.market == .dollars(996))
        #expect(changes[0].initial.parameters == .dollars(126))
        #expect(changes[1].initial.own == .zero)
        #expect(changes[1].initial.others == .zero)
        #expect(changes[1].initial.market == .dollars(249))
        #expect(changes[1].maintenance.parameters == Value(31_500_000))
    }

    @Test(arguments: [UInt64(1), 2])
    func `the parts sum to the change, of one owner's pool and of a mutual one`(_ seed: UInt64) throws {
        var books = MutualBooks(seed: seed, terms: try MutualTerms())
        let later = try MutualTerms(affiliates: true)
        for round in 0..<10 {
            let before = books.standings(2 + round % 3)
            var after = before
            after[0] = books.standing(0)
            after[1].holdings.add(books.books.holdings())
            let earlier = books.books.world.book
            books.books.move(ModelWorld.btc)
            let book = books.books.world.book.book(
                under: ModelWorld.parameters([ModelWorld.entry("volUp", 0.7)]))
            func held(_ standings: [MutualStanding]) -> [MemberHoldings] {
                standings.map { MemberHoldings(member: $0.member, holdings: $0.holdings) }
            }

            let changes = book.shareChanges(since: earlier, held(before), to: held(after))
            let mutual = book.mutualShareChanges(
                since: earlier, before, under: books.terms, to: after, under: later)

            let (first, last) = (earlier.shares(of: held(before)), book.shares(of: held(after)))
            #expect(changes.count == before.count && mutual.count == before.count)
            for member in changes.indices {
                #expect(changes[member].initial.total == last[member].share - first[member].share)
                #expect(
                    changes[member].maintenance.total
                        == last[member].maintenanceShare - first[member].maintenanceShare)
            }
            guard case .pool(let old) = earlier.mutualPool(of: before, under: books.terms),
                case .pool(let new) = book.mutualPool(of: after, under: later)
            else {
                Issue.record("a pool without margin")
                return
            }
            for member in mutual.indices {
                let whole = new.shares[member].share.initial - old.shares[member].share.initial
                #expect(mutual[member].initial.total == whole)
                if member > 1 { #expect(mutual[member].initial.own == .zero) }
            }
        }
    }

    @Test func `a pool that had no margin on the way has no explanation`() {
        let world = ModelWorld()
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(1), of: InstrumentID(1))
        let member = MemberHoldings(member: Member(AccountID(1)), holdings: holdings)

        #expect(world.book.shareChanges(since: world.book, [member], to: [member]).isEmpty)
    }
}
