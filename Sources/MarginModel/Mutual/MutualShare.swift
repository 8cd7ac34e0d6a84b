public import MarginDomain

/// A member's part of a mutual pool, in quanta: docs/margin-model.md §12.
public struct MutualShare: Equatable, Sendable {
    /// `E_i`.
    public let equity: Value
    /// `S_i`.
    public let standAlone: Levels
    /// `c_i`: the members' sum to the netted requirement; negative = takes risk off the pool.
    public let component: Levels
    /// `m_i`: what the member must have; its life cycle goes by it.
    public let share: Levels
    /// `K_i`: the most that it can lose to others.
    public let pledge: Value

    /// A figure for each requirement.
    public struct Levels: Equatable, Sendable {
        public let initial: Value
        public let maintenance: Value
        public let release: Value
    }

    /// Equity less initial share; negative = called.
    public var excess: Value { equity - share.initial }
}

/// A member that has less than its share.
public struct MutualCall: Equatable, Sendable {
    /// Number of the member.
    public let member: Int
    /// What it lacks; positive.
    public let shortfall: Value
}

extension MutualPool {
    /// Every member's part, in order.
    public var shares: [MutualShare] {
        members.indices.map { mutualShare($0) }
    }

    /// One member's part.
    func mutualShare(_ member: Int) -> MutualShare {
        MutualShare(
            equity: Value(quanta: members[member].equity),
            standAlone: levels { members[member].standAlone[$0] }, component: levels { components[$0][member] },
            share: levels { share(member, $0) }, pledge: Value(quanta: members[member].pledge(terms).roundedDown))
    }

    /// What the members have left together in the worst joint scenario, in initial and in maintenance margin;
    /// negative = the pool test fails. Too low where `isExact` is false.
    public var excess: (initial: Value, maintenance: Value, isExact: Bool) {
        let (initial, maintenance) = (poolExcess(.initial), poolExcess(.maintenance))
        return (
            Value(quanta: initial.value), Value(quanta: maintenance.value), initial.isExact && maintenance.isExact
        )
    }

    /// Who has less than its initial share, the largest shortfall first, ties by number: the order in which members are
    /// called when the pool test fails. It fails only if someone is. A member with its share is never liquidated for
    /// others.
    public var calls: [MutualCall] {
        members.indices.compactMap { member in
            let shortfall = -excess(member, .initial)
            return shortfall > 0 ? MutualCall(member: member, shortfall: Value(quanta: shortfall)) : nil
        }.sorted { $0.shortfall > $1.shortfall || ($0.shortfall == $1.shortfall && $0.member < $1.member) }
    }

    private func levels(_ quanta: (RequirementLevel) -> Double) -> MutualShare.Levels {
        MutualShare.Levels(
            initial: Value(quanta: quanta(.initial)), maintenance: Value(quanta: quanta(.maintenance)),
            release: Value(quanta: quanta(.release)))
    }
}
