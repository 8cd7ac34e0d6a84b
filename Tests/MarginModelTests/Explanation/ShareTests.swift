import MarginDomain
import MarginModel
import Testing

/// Shares in a one-owner pool.
@Suite struct ShareTests {
    @Test(arguments: [UInt64(31), 32, 33, 34])
    func `shares sum to the pool's requirement to the last quantum, and nobody bears more than alone`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for round in 0..<GeneratedBooksCount.value / 4 + 1 {
            let members = (1...(2 + round % 4)).map { number in
                MemberHoldings(
                    member: Member(AccountID(UInt64(number))),
                    holdings: round % 5 == 0 ? books.holdings(of: ModelWorld.btc) : books.holdings())
            }
            var whole = PoolHoldings()
            for member in members { whole.add(member.holdings) }
            let pool = books.world.book.margin(of: whole)

            let shares = books.world.book.shares(of: members)

            #expect(shares.reduce(Value.zero) { $0 + $1.share } == pool.initial)
            #expect(shares.reduce(Value.zero) { $0 + $1.maintenanceShare } == pool.maintenance)
            #expect(pool.initial >= pool.maintenance)
            // Every charge of the pool is rounded up on its own.
            #expect(pool.initial.quanta <= shares.reduce(40) { $0 + $1.standAlone.quanta })
            let isBelow = zip(members, shares).allSatisfy { member, share in
                share.standAlone == books.world.book.margin(of: member.holdings).initial
                    && share.component <= share.standAlone && share.share.quanta <= share.standAlone.quanta + 40
            }
            #expect(isBelow, "round \(round)")
        }
        GeneratedBooksCount.note(GeneratedBooksCount.value / 4 + 1)
    }

    /// BTC +1 and ETH −10 in one account, ETH +1 in another. The pool, BTC +1 and ETH −9, loses 9,600 + 4,500 apart, and
    /// 9,600 − 2,250 near c = −3, with ETH at −2: 0.2·14,100 + 0.8·7,350 = 8,700. The pair loses 0.2·14,600 + 0.8·7,100 =
    /// 8,600 of it, its own scan; basis 425 and fee 85. The other one 0.2·(−500) + 0.8·250 = 100, less basis 12.50, and
    /// its fee. One scale for all columns, 8,700 / 14,100, would have charged the pair 9,008.
    @Test func `who has less credit between its underlyings than the pool bears no more than alone`() {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        world.index(ModelWorld.eth, 250_000)
        let bitcoin = world.perpetual(1, ModelWorld.btc)
        let ether = world.perpetual(2, ModelWorld.eth)
        world.mark(bitcoin, 6_000_000)
        world.mark(ether, 250_000)
        for asset in [ModelWorld.btc, ModelWorld.eth] { world.book.refresh(asset.id, at: ModelWorld.start) }
        var pair = PoolHoldings()
        pair.add(NetQuantity(100), of: bitcoin.id)
        pair.add(NetQuantity(-1000), of: ether.id)
        var single = PoolHoldings()
        single.add(NetQuantity(100), of: ether.id)

        let shares = world.book.shares(of: [
            MemberHoldings(member: Member(AccountID(1)), holdings: pair),
            MemberHoldings(member: Member(AccountID(2)), holdings: single),
        ])

        // Products of doubles such as 0.2·9,600 may end a hair below a quantum.
        #expect((9_109_999_999...9_110_000_000).contains(shares[0].component.quanta))
        #expect((89_999_999...90_000_000).contains(shares[1].component.quanta))
        #expect(shares[0].standAlone == Value(9_110_000_000))
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
