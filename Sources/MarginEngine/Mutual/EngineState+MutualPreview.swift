import MarginDomain
import MarginModel

extension EngineState {
    /// The margins that members of mutual pools would have on another book, by pool; the hour of grace that follows a
    /// change of parameters is in them. Pools that stand for all members have none: their members count by themselves.
    func mutualMargins(in other: MarginBook) -> [PoolIndex: PoolMargin?] {
        var margins: [PoolIndex: PoolMargin?] = [:]
        for number in groups.indices {
            let group = groups[number]
            margins[group.pool] = .some(nil)
            let own = group.memberships.map { members[$0.member.number].pool }
            guard own.contains(where: { pools[$0.number].slot != nil }) else { continue }
            let figures = figures(of: number, among: group.memberships, in: other)
            for (place, membership) in group.memberships.enumerated() {
                let spared = max(membership.credit, membership.grace(at: now))
                margins[own[place]] = figures.margin(place, grace: spared)
            }
        }
        return margins
    }
}
