import MarginDomain
import MarginModel

/// What a pool, what is wanted of it and what is reserved in it come to, each by itself: a bound on all of it together.
struct FillsApart {
    typealias Ends = (sold: StandAlone, bought: StandAlone)

    /// Of every instrument, in order.
    let ends: [Ends]
    /// The pool, what is wanted, what is lost in any case, and every instrument's worse end.
    let all: StandAlone

    /// Whether initial margin would be met even if nothing of all this offset anything else.
    ///
    /// If so, it is met (``StandAlone``); an order that the wanted one replaces only lowers the pool's excess. What does not
    /// fit apart may still fit together.
    var hasRoom: Bool { all.excess.initial >= CornerSearch.roundings }
}

extension EngineState {
    /// Nil where parts say nothing of the whole: sums that are not exact, a size that is charged, collateral that comes or
    /// goes, a part without margin; and for a pool that has nothing to spare, for which they would settle nothing.
    mutating func apart(_ fills: Fills) -> FillsApart? {
        guard let now = book.standAlone(fills.slot), now.excess.initial > CornerSearch.roundings,
            isHomogeneous(fills.wanted), let own = book.standAlone(fills.wanted),
            let lost = book.standAlone(fills.corners.losses)
        else { return nil }
        var all = now + own + lost
        var ends: [FillsApart.Ends] = []
        for end in fills.corners.ends {
            guard isHomogeneous(end.sold), isHomogeneous(end.bought), let sold = book.standAlone(end.sold),
                let bought = book.standAlone(end.bought)
            else { return nil }
            ends.append((sold, bought))
            all = all + .worse(sold, bought)
        }
        return all.isExact && book.isFree(all) ? FillsApart(ends: ends, all: all) : nil
    }

    /// Whether twice as much of all assets is worth twice as much: not of collateral, whose haircut rises with its amount.
    private func isHomogeneous(_ holdings: PoolHoldings) -> Bool {
        for held in holdings.balances {
            guard let asset = reference.assets[held.asset], asset.role != .collateral else { return false }
        }
        return true
    }
}
