import MarginDomain
import MarginModel
import Testing

/// Shares in a one-owner pool.
@Suite struct ShareTests {
    @Test(arguments: [UInt64(31), 32, 33])
    func `shares sum to the pool's requirement to the last quantum`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for round in 0..<30 {
            let members = (1...(2 + round % 3)).map {
                MemberHoldings(member: Member(AccountID(UInt64($0))), holdings: books.holdings())
            }
            var whole = PoolHoldings()
            for member in members { whole.add(member.holdings) }
            let pool = books.world.book.margin(of: whole)

            let shares = books.world.book.shares(of: members)

            #expect(shares.reduce(Value.zero) { $0 + $1.share } == pool.initial)
            #expect(shares.reduce(Value.zero) { $0 + $1.maintenanceShare } == pool.maintenance)
            for (member, share) in zip(members, shares) {
                let alone = books.world.book.margin(of: member.holdings).initial
                #expect(share.standAlone == alone)
            }
        }
    }

    @Test(arguments: [UInt64(41), 42])
    func `with one underlying nobody bears more than alone`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for _ in 0..<30 {
            let members = (1...3).map {
                MemberHoldings(member: Member(AccountID(UInt64($0))), holdings: books.holdings(of: ModelWorld.btc))
            }

            for share in books.world.book.shares(of: members) {
                #expect(share.component.quanta <= share.standAlone.quanta + 40)
                #expect(share.share.quanta <= share.standAlone.quanta + 40)
            }
        }
    }

    /// Long 1.00 and short 0.60 BTC perpetual at 60,000: the pool is long 0.4 and loses 3,840. All but one of the columns
    /// within 5 % of it have the same move, so the long one bears 9,600 and the hedge −5,760 of the scan, and of the
    /// basis 300 and −180; each its own fee, 60 and 36. Pool: 3,840 + 120 + 96 = 4,056.
    @Test func `a hedge is credited with what it takes off the pool`() {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        var long = PoolHoldings()
        long.add(NetQuantity(100), of: perpetual.id)
        var short = PoolHoldings()
        short.add(NetQuantity(-60), of: perpetual.id)

        let shares = world.book.shares(of: [
            MemberHoldings(member: Member(AccountID(1)), holdings: long),
            MemberHoldings(member: Member(AccountID(2)), holdings: short),
        ])

        // Fees do not net in a position that does: the pool's fee is that of 0.4 BTC, 24, not 96.
        #expect(shares.map(\.component) == [Value(9_960_000_000), Value(-5_904_000_000)])
        #expect(shares[0].share.quanta + shares[1].share.quanta == 3_840_000_000 + 120_000_000 + 24_000_000)
        #expect(shares.map(\.standAlone) == [Value(9_960_000_000), Value(5_976_000_000)])
    }

    @Test func `members without risk share nothing`() {
        let world = ModelWorld()
        let members = (1...3).map { MemberHoldings(member: Member(AccountID($0)), holdings: PoolHoldings()) }

        #expect(world.book.shares(of: members).map(\.share) == [.zero, .zero, .zero])
    }
}
