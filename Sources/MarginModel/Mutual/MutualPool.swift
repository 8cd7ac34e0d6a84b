public import MarginDomain

/// A mutual pool at one moment: members that share risk under an agreement, each up to its pledge.
///
/// Pure arithmetic on what members lose in the joint scenarios; where the losses come from is of no interest here.
///
///     S_i  what a member needs by itself        c_i  what it adds to the pool, everything netted
///     K_i  what it has pledged                  β    the part of S_i − c_i that it is credited
///     m_i = S_i − β·(S_i − max(0, c_i))         its share, between (1 − β)·S_i and S_i
///
/// `β` is the largest for which the shares, with what was pledged and nothing else, cover every joint scenario
/// (``Credit``, ``PledgedExcess``). No member ever needs more than by itself, nor loses more to others than its pledge.
/// The page is docs/margin-model.md §12; who pays a default is not decided here.
///
/// Members are numbered in the order given, which should be ascending: the earlier ones take quanta that are left over.
public struct MutualPool: Sendable {
    public let terms: MutualTerms
    /// The credit, in billionths.
    public let beta: Ratio
    /// Whether `β` is the largest that passes; false if the search for it was given up, and nobody has credit
    /// (``PledgeSearch/stepsMax``).
    public let isExact: Bool
    let members: [MutualMember]
    let scenarios: JointScenarios
    /// `f` of each requirement.
    let factors: PerRequirement<Double>
    let grain: Grain
    /// What each member loses on average in the pool's worst scenarios, before the factor; negative = gains.
    let averages: [Double]
    /// `c_i`: they sum to the netted requirement, and none exceeds the member's own.
    let components: PerRequirement<[Double]>

    /// Whether amounts are cut to whole quanta.
    enum Grain: Sendable {
        /// The ledger's.
        case quanta
        /// A case's, whose quantum is finer than what `Double` keeps.
        case continuous
    }

    init(
        _ members: [MutualMember], _ scenarios: JointScenarios, factors: PerRequirement<Double>, terms: MutualTerms,
        grain: Grain
    ) {
        var losses = [Double](repeating: 0, count: scenarios.columnCount)
        for member in members {
            for column in losses.indices { losses[column] += member.losses[column] }
        }
        let scan = scenarios.worst(losses)
        let worst = WorstScenarios(losses, scenarios, scan: scan)
        let averages = members.map { worst.average($0.losses) }
        let components = PerRequirement { level in
            Self.components(members, averages, scan: scan, factor: factors[level], level, grain)
        }
        let credit = Credit(members, components.initial, scenarios, factor: factors.initial, terms: terms)
        self.terms = terms
        (beta, isExact) = (credit.beta, credit.isExact)
        self.members = members
        self.scenarios = scenarios
        self.factors = factors
        self.grain = grain
        self.averages = averages
        self.components = components
    }

    private init(_ members: [MutualMember], like pool: MutualPool) {
        let credit = Credit(
            members, pool.components.initial, pool.scenarios, factor: pool.factors.initial, terms: pool.terms)
        terms = pool.terms
        (beta, isExact) = (credit.beta, credit.isExact)
        self.members = members
        scenarios = pool.scenarios
        factors = pool.factors
        grain = pool.grain
        averages = pool.averages
        components = pool.components
    }

    /// The same pool while some have no credit. Nothing but the credit depends on who has some.
    func withoutCredit(of fenced: [Int]) -> MutualPool {
        var members = members
        for member in fenced { members[member].creditWeight = 0 }
        return MutualPool(members, like: self)
    }

    private static func components(
        _ members: [MutualMember], _ averages: [Double], scan: Double, factor: Double, _ level: RequirementLevel,
        _ grain: Grain
    ) -> [Double] {
        let own = members.indices.map { factor * averages[$0] + members[$0].addOns[level] }
        let worst = grain == .quanta ? (factor * scan).roundedUp : factor * scan
        let whole = members.reduce(worst) { $0 + $1.addOns[level] }
        let spread = ShareSplit.spread(whole, over: own, standAlone: members.map { $0.standAlone[level] })
        return switch grain {
        case .quanta: ShareSplit.cut(spread, toSum: Value(quanta: whole)).map { Double($0.quanta) }
        case .continuous: spread
        }
    }
}

extension MutualPool {
    /// `m_i`. In maintenance and release never above the initial share: a hedger's credit grows with the factor.
    func share(_ member: Int, _ level: RequirementLevel) -> Double {
        let initial = credited(member, .initial)
        return switch level {
        case .initial: initial
        case .maintenance: min(initial, credited(member, .maintenance))
        case .release: min(initial, max(credited(member, .release), credited(member, .maintenance)))
        }
    }

    /// `S_i − β·ρ_i·(S_i − max(0, c_i))`, rounded up.
    private func credited(_ member: Int, _ level: RequirementLevel) -> Double {
        let credit = beta.fraction * members[member].benefit(components[level][member], level)
        return members[member].standAlone[level] - (grain == .quanta ? credit.roundedDown : credit)
    }

    /// Own equity less share; negative = called, or liquidated.
    func excess(_ member: Int, _ level: RequirementLevel) -> Double {
        members[member].equity - share(member, level)
    }

    /// `Σ m_i`.
    func requirement(_ level: RequirementLevel) -> Double {
        members.indices.reduce(0) { $0 + share($1, level) }
    }

    /// `min_s Σ_i min(e_i(s), K_i)` with the members' own equities: what they have left together in the worst scenario.
    func poolExcess(_ level: RequirementLevel) -> PledgedExcess {
        let question = question(level)
        var left = PledgedExcess(question)
        guard grain == .quanta else { return left }
        // By the set alone, so that rounding does not depend on how it was found.
        if left.isExact { left.value = question.value(countingInFull: left.countsInFull) }
        left.value = left.value.roundedDown
        return left
    }

    func question(_ level: RequirementLevel) -> PledgedExcess.Question {
        PledgedExcess.Question(
            scenarios: scenarios, factor: factors[level], money: members.map { $0.equity - $0.addOns[level] },
            pledges: members.map { $0.pledge(terms) }, losses: members.map(\.losses))
    }

    /// The same pool with other members.
    func with(_ members: [MutualMember]) -> MutualPool {
        MutualPool(members, scenarios, factors: factors, terms: terms, grain: grain)
    }

    /// The pool if a member had never been in it.
    func without(_ member: Int) -> MutualPool {
        with(members.indices.filter { $0 != member }.map { members[$0] })
    }
}
