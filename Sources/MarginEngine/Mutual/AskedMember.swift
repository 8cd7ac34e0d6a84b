import MarginDomain
import MarginModel

/// A member of a mutual pool as a question finds it: everybody's holdings and terms.
struct AskedMember: Sendable {
    let standings: [MutualStanding]
    let terms: MutualTerms
    /// Its number among them.
    let number: Int
    /// The credit that spares it still.
    let grace: Ratio

    /// What decides about it were it to hold something else, all others as they are.
    func margin(holding holdings: PoolHoldings, in book: MarginBook) -> PoolMargin {
        var standings = standings
        standings[number].holdings = holdings
        return margin(of: standings, in: book)
    }

    /// What decides about it on a book.
    func margin(in book: MarginBook) -> PoolMargin { margin(of: standings, in: book) }

    private func margin(of standings: [MutualStanding], in book: MarginBook) -> PoolMargin {
        book.mutualFigures(of: standings, under: terms).margin(number, grace: grace)
    }

    /// ``Work`` of one evaluation.
    let work: Int
}

extension EngineState {
    /// Nil for a pool that no mutual pool binds, and for the one that stands for others.
    func askedMember(_ place: PoolIndex) -> AskedMember? {
        guard let (group, number) = standing(of: place) else { return nil }
        let (memberships, terms) = (groups[group].memberships, groups[group].terms)
        let standings = standings(of: memberships, under: terms) { holdings(of: $0, in: book) }
        let held = standings.map(\.holdings)
        return AskedMember(
            standings: standings, terms: terms, number: number, grace: memberships[number].grace(at: now),
            work: Work.mutual(held, underlyings: book.underlyingCount(of: held)))
    }
}
