import MarginDomain

/// Which of an expiry's standing points may go for volatilities that arrive: docs/event-rules.md §4.
///
/// Points that nobody renews keep nothing out for longer than a minute. But it may be the arriving one that is wrong:
/// so only its neighbours go for it, and all old points only if as many stay, or none of them is moved far.
struct SmileRenewal {
    /// Strikes at which nothing arrives and what stands is old, ascending.
    let old: [Price]
    /// Of these the nearest one on either side of every strike that arrives, ascending.
    let neighbours: [Price]

    /// How far a call may move, in multiples of the tolerance, at the strike of an old point that goes with all others:
    /// at the money 25 points of volatility. Decision 0030 has the measurement.
    private static let movesMax = 10.0

    init(of standing: ExpiryMarket, by arriving: [ArrivingVolatility], before expired: Timestamp) {
        var arrived: Set<Price> = []
        for case .point(let point) in arriving { arrived.insert(point.strike) }
        old = standing.surface.filter { $0.publishTime < expired && !arrived.contains($0.strike) }.map(\.strike)
        let strikes = (old + arrived).sorted()
        neighbours = strikes.indices.filter { place in
            let isBeside =
                place > 0 && arrived.contains(strikes[place - 1])
                || place + 1 < strikes.count && arrived.contains(strikes[place + 1])
            return isBeside && !arrived.contains(strikes[place])
        }.map { strikes[$0] }
    }

    /// What may go, the least first.
    var steps: [[Price]] { neighbours.count < old.count ? [neighbours, old] : old.isEmpty ? [] : [old] }

    /// Whether so much may go: neighbours always, all others if as many points stay or the smile does not move far.
    ///
    /// - Parameters:
    ///   - points: how many stay, with those that arrive.
    ///   - standing: the smile before.
    ///   - smile: the smile afterwards.
    func allows(
        _ going: [Price], leaving points: Int, _ standing: ExpirySmile?, _ smile: ExpirySmile?, in underlying: Asset
    ) -> Bool {
        if going.count == neighbours.count || going.count <= points { return true }
        guard let standing, let smile else { return false }
        return going.allSatisfy { strike in
            guard strike > .zero else { return true }
            let k = LogRatio.value(underlying.dollars(strike), smile.forward)
            return abs(smile.call(at: k) - standing.call(at: k)) <= Self.movesMax * smile.tolerance
        }
    }
}
