public import MarginDomain

/// Why a newcomer cannot join.
public enum JoinObstacle: Hashable, Sendable {
    /// It must stand alone with something left, and has this.
    case noStandAloneExcess(Value)
    /// Its contribution is below what is needed.
    case contributionTooSmall(needed: Value)
    /// With it no contributions cover the worst default.
    case coverImpossible
}

/// What a newcomer would change, for everyone to see before it joins.
public struct JoinPreview: Equatable, Sendable {
    /// Initial shares of the members, the newcomer among them; before is what it needs by itself.
    public let shares: [Change]
    public let betaBefore: Ratio
    public let betaAfter: Ratio
    /// The most that the newcomer can lose to others.
    public let pledge: Value
    /// Empty = it may join.
    public let obstacles: [JoinObstacle]

    /// A member's initial share.
    public struct Change: Equatable, Sendable {
        public let before: Value
        public let after: Value
    }
}

extension MutualPool {
    /// What changes when a member of `after`, the same pool with a newcomer, joins.
    ///
    /// - Parameter newcomer: its number in `after`.
    /// - Precondition: `after` has exactly one member more.
    public func preview(ofJoining newcomer: Int, in after: MutualPool) -> JoinPreview {
        precondition(after.members.count == members.count + 1, "one member joins at a time")
        let own = after.members[newcomer]
        var obstacles: [JoinObstacle] = []
        let left = own.equity - own.standAlone.initial
        if left <= 0 { obstacles.append(.noStandAloneExcess(Value(quanta: left.roundedDown))) }
        if let needed = after.contributionsNeeded?[newcomer] {
            if own.contribution < needed {
                obstacles.append(.contributionTooSmall(needed: Value(quanta: needed.roundedUp)))
            }
        } else {
            obstacles.append(.coverImpossible)
        }
        let shares = after.members.indices.map { member in
            let number = member < newcomer ? member : member - 1
            let before = member == newcomer ? own.standAlone.initial : share(number, .initial)
            return JoinPreview.Change(
                before: Value(quanta: before), after: Value(quanta: after.share(member, .initial)))
        }
        return JoinPreview(
            shares: shares, betaBefore: beta, betaAfter: after.beta, pledge: Value(quanta: own.pledge(terms)),
            obstacles: obstacles)
    }
}
