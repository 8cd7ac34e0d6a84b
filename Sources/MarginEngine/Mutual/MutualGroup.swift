import MarginDomain
import MarginModel

/// A live mutual pool: what binds members who otherwise stay what they are, each with its own pool, life cycle and
/// signals (docs/event-rules.md §10).
///
/// Its own pool id has no holdings; it stands for the members together. Every shard that speaks for a member, or for the
/// pool itself, computes the whole of it, so that no shard asks another.
struct MutualGroup: Sendable {
    /// The pool that stands for all members.
    let pool: PoolIndex
    /// As they were when the pool came into being.
    let terms: MutualTerms
    /// In order of member.
    var memberships: [MutualMembership] = []
    /// As of the last evaluation.
    private(set) var figures: MutualFigures?
    /// Whether the pool test failed in it.
    private(set) var fails = false
    /// Members who had credit in it.
    private var credited: Set<MemberIndex> = []

    init(pool: PoolIndex, terms: MutualTerms) {
        self.pool = pool
        self.terms = terms
    }

    /// Takes an evaluation in.
    ///
    /// - Parameters:
    ///   - touched: members whose own entry caused it.
    ///   - kin: all members of their groups of affiliates.
    mutating func take(
        _ figures: MutualFigures, touching touched: Set<MemberIndex>, of kin: Set<MemberIndex>, because cause: Cause,
        at now: Timestamp
    ) {
        let credited = Set(
            memberships.indices.filter { figures.share($0) != nil && figures.fences[$0] == nil }
                .map { memberships[$0].member })
        let fall = CreditFall(
            cause: cause, hasGuard: !self.credited.isSubset(of: credited), isSearchSpent: !figures.pool.isExact,
            kin: kin)
        for number in memberships.indices {
            memberships[number].take(
                figures.credit(number), isGuarded: fall.spares(memberships[number].member), at: now,
                until: now + Self.grace)
            guard let share = figures.share(number)?.share.initial else { continue }
            memberships[number].note(share, isOwn: touched.contains(memberships[number].member), because: cause)
        }
        self.credited = credited
        self.figures = figures
        fails = figures.fails
    }

    /// The margin that decides about a member.
    func margin(_ number: Int, _ figures: MutualFigures, at now: Timestamp) -> PoolMargin {
        figures.margin(number, grace: memberships[number].grace(at: now))
    }

    func number(of member: MemberIndex) -> Int? { memberships.firstIndex { $0.member == member } }

    private static let grace = Duration64.seconds(EngineLimits.mutualGraceSeconds)
}
