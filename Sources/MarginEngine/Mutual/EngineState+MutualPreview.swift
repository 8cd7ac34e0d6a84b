import MarginDomain
import MarginModel

extension EngineState {
    /// What a pool that a mutual pool binds would have and need.
    struct BoundMargin {
        /// Nil for the pool that stands for all members: they count by themselves.
        let margin: PoolMargin?
        /// Whether the pool test would fail.
        let fails: Bool
    }

    /// The margins that members of mutual pools would have on another book, by pool; the hour of grace that follows a
    /// change of parameters is in them.
    func mutualMargins(in other: MarginBook) -> [PoolIndex: BoundMargin] {
        var margins: [PoolIndex: BoundMargin] = [:]
        for group in groups {
            margins[group.pool] = BoundMargin(margin: nil, fails: false)
            let own = group.memberships.map { members[$0.member.number].pool }
            guard own.contains(where: { pools[$0.number].slot != nil }) else { continue }
            let figures = figures(of: group.memberships, under: group.terms, in: other)
            let fails = figures.fails
            for (place, membership) in group.memberships.enumerated() {
                let spared = max(membership.credit, membership.grace(at: now))
                margins[own[place]] = BoundMargin(margin: figures.margin(place, grace: spared), fails: fails)
            }
        }
        return margins
    }
}
