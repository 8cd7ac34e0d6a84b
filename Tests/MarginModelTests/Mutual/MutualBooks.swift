import MarginDomain

@testable import MarginModel

/// Mutual pools of generated books: members with equity around what they need, and contributions and liens around what
/// the terms ask for.
struct MutualBooks {
    var books: GeneratedBooks
    let terms: MutualTerms

    init(seed: UInt64, terms: MutualTerms) {
        books = GeneratedBooks(seed: seed)
        self.terms = terms
    }

    mutating func standing(_ number: Int, cash: ClosedRange<Double> = 0.5...2) -> MutualStanding {
        var holdings = books.holdings()
        let alone = books.world.book.margin(of: holdings)
        let wanted = Double(alone.initial.quanta) * books.inputs.number(in: cash)
        holdings.add(Balance(Int128(wanted) - Int128(alone.equity.quanta)), of: ModelWorld.usd.id)
        let contribution = Double(alone.initial.quanta) * books.inputs.number(in: 0...0.5)
        return MutualStanding(
            member: Member(AccountID(UInt64(number + 1))), holdings: holdings, contribution: Value(Int64(contribution)),
            lien: Value(Int64(contribution * books.inputs.number(in: 0...1.5))))
    }

    mutating func standings(_ count: Int) -> [MutualStanding] { (0..<count).map { standing($0) } }

    func pool(_ standings: [MutualStanding]) -> MutualPool? {
        guard case .pool(let pool) = books.world.book.mutualPool(of: standings, under: terms) else { return nil }
        return pool
    }
}

extension [MutualStanding] {
    /// What all hold together.
    var together: PoolHoldings {
        reduce(into: PoolHoldings()) { $0.add($1.holdings) }
    }
}
