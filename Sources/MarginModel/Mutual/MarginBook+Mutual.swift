public import MarginDomain

/// What a member of a mutual pool brings into it.
public struct MutualStanding: Equatable, Sendable {
    public var member: Member
    public var holdings: PoolHoldings
    /// Locked, and part of the holdings' equity.
    public var contribution: Value
    /// The lien on its own excess.
    public var lien: Value
    /// The part of the credit that it is given: see ``MutualTerms/creditWeight(after:)``; zero while ring-fenced.
    public var creditWeight: Ratio

    public init(
        member: Member, holdings: PoolHoldings, contribution: Value = .zero, lien: Value = .zero,
        creditWeight: Ratio = Ratio(Ratio.scale)
    ) {
        self.member = member
        self.holdings = holdings
        self.contribution = contribution
        self.lien = lien
        self.creditWeight = creditWeight
    }
}

/// A mutual pool, or why it has no figures.
public enum MutualOutcome: Sendable {
    case pool(MutualPool)
    /// A member has no margin of its own, so nobody has a share.
    case withoutMargin(member: Int, MarginStatus)
}

extension MarginBook {
    /// The mutual pool of members, on the rows as they are. Members should come in ascending order.
    public func mutualPool(of standings: [MutualStanding], under terms: MutualTerms) -> MutualOutcome {
        var trials: [Trial] = []
        var required: [Requirement] = []
        for (number, standing) in standings.enumerated() {
            let trial = Trial(standing.holdings, book: self)
            guard let own = requirement(trial.record, trial) else {
                return .withoutMargin(member: number, assemble(trial.record, trial).status)
            }
            trials.append(trial)
            required.append(own)
        }
        return .pool(mutualPool(of: standings, trials, required, under: terms))
    }

    /// What members of a live pool have and need, on the rows as they are. Members should come in ascending order.
    public func mutualFigures(of standings: [MutualStanding], under terms: MutualTerms) -> MutualFigures {
        let trials = standings.map { Trial($0.holdings, book: self) }
        let required = trials.map { requirement($0.record, $0) }
        return MutualFigures(alone: trials.map { assemble($0.record, $0) }, of: standings) { counted, fenced in
            let present = counted.map { number in
                var standing = standings[number]
                if fenced.contains(number) { standing.creditWeight = .zero }
                return standing
            }
            return mutualPool(
                of: present, counted.map { trials[$0] }, counted.compactMap { required[$0] }, under: terms)
        }
    }

    private func mutualPool(
        of standings: [MutualStanding], _ trials: [Trial], _ required: [Requirement], under terms: MutualTerms
    ) -> MutualPool {
        let parts = trials.indices.map { part(trials[$0], required[$0]) }
        let sections = Dictionary(grouping: parts.flatMap(\.sections), by: \.underlying).values
            .compactMap(\.first).sorted { $0.underlying < $1.underlying }
        let members = standings.indices.map { number in
            let standing = standings[number]
            return MutualMember(
                equity: Double(assemble(trials[number].record, trials[number]).equity.quanta),
                contribution: Double(standing.contribution.quanta), lien: Double(standing.lien.quanta),
                creditWeight: max(0, min(1, standing.creditWeight.fraction)),
                losses: parts[number].losses(over: sections), standAlone: parts[number].alone,
                addOns: PerRequirement { required[number].addOns($0) })
        }
        return MutualPool(
            members, sections.scenarios(parameters), factors: PerRequirement(parameters.factors), terms: terms,
            grain: .quanta)
    }
}
