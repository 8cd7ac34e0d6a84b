import MarginDomain

@testable import MarginModel

/// Books of perpetuals at BTC 60,000 and ETH 2,500, in a mutual pool.
struct MutualExample {
    var world = ModelWorld()
    var standings: [MutualStanding] = []
    var terms: MutualTerms

    init(_ terms: MutualTerms) {
        self.terms = terms
        for (id, asset, price) in [(UInt32(1), ModelWorld.btc, Int64(6_000_000)), (2, ModelWorld.eth, 250_000)] {
            world.index(asset, price)
            world.mark(world.perpetual(id, asset), price)
            world.book.refresh(asset.id, at: ModelWorld.start)
        }
    }

    /// A member with hundredths of a coin bought or sold at the mark, and dollars.
    mutating func join(
        _ instrument: UInt32, _ lots: Int128, dollars: Int64, contribution: Int64 = 0, lien: Int64 = 0,
        creditWeight: Ratio = Ratio(Ratio.scale)
    ) {
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(lots), of: InstrumentID(instrument))
        let cost = lots * (instrument == 1 ? 600 : 25)
        holdings.add(Balance((Int128(dollars) - cost) * 1_000_000), of: ModelWorld.usd.id)
        standings.append(
            MutualStanding(
                member: Member(AccountID(UInt64(standings.count + 1))), holdings: holdings,
                contribution: .dollars(contribution), lien: .dollars(lien), creditWeight: creditWeight))
    }

    var outcome: MutualOutcome { world.book.mutualPool(of: standings, under: terms) }

    var pool: MutualPool {
        guard case .pool(let pool) = outcome else { preconditionFailure("the example has margin") }
        return pool
    }

    /// Long 1.00 and short 0.60 BTC; what is given is the long one's, and the short one's weight.
    static func hedge(
        dollars: Int64 = 12_000, contribution: Int64 = 3000, lien: Int64 = 3000,
        creditWeight: Ratio = Ratio(Ratio.scale)
    ) throws -> MutualExample {
        var example = MutualExample(try MutualTerms())
        example.join(1, 100, dollars: dollars, contribution: contribution, lien: lien)
        example.join(1, -60, dollars: 9000, contribution: 2000, lien: 2000, creditWeight: creditWeight)
        return example
    }

    /// Long 1 BTC, long 10 ETH, short 16 ETH, with ample pledges among affiliates.
    static func threeMembers() throws -> MutualExample {
        var example = MutualExample(try MutualTerms(affiliates: true))
        example.join(1, 100, dollars: 12_000, contribution: 20_000, lien: 20_000)
        example.join(2, 1000, dollars: 12_000, contribution: 20_000, lien: 20_000)
        example.join(2, -1600, dollars: 9000, contribution: 20_000, lien: 20_000)
        return example
    }
}

extension Value {
    static func dollars(_ dollars: Int64) -> Value { Value(dollars * 1_000_000) }
}
