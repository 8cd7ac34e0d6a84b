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
        let parties = standings.map { party($0) }
        for (number, party) in parties.enumerated() where party.requirement == nil {
            return .withoutMargin(member: number, party.margin.status)
        }
        return .pool(mutualPool(of: parties, under: terms))
    }

    /// What members of a live pool have and need, on the rows as they are. Members should come in ascending order.
    public func mutualFigures(of standings: [MutualStanding], under terms: MutualTerms) -> MutualFigures {
        let parties = standings.map { party($0) }
        return MutualFigures(
            alone: parties.map(\.margin), weights: standings.map(\.creditWeight),
            open: mutualPool(of: parties.filter { $0.requirement != nil }, under: terms))
    }

    /// A member with its own margin, computed once.
    private struct Party {
        let standing: MutualStanding
        let trial: Trial
        let margin: PoolMargin
        let requirement: Requirement?
    }

    private func party(_ standing: MutualStanding) -> Party {
        let trial = Trial(standing.holdings, book: self)
        switch evaluate(trial.record, trial) {
        case .success(let requirement, let equity):
            let margin = PoolMargin(requirement, equity: equity, parameters.factors)
            return Party(standing: standing, trial: trial, margin: margin, requirement: requirement)
        case .failure(let status):
            return Party(standing: standing, trial: trial, margin: PoolMargin(status: status), requirement: nil)
        }
    }

    /// - Parameter parties: who has margin.
    private func mutualPool(of parties: [Party], under terms: MutualTerms) -> MutualPool {
        let counted = parties.compactMap { party in
            party.requirement.map { (party, $0, part(party.trial, $0)) }
        }
        let sections = Dictionary(grouping: counted.flatMap(\.2.sections), by: \.underlying).values
            .compactMap(\.first).sorted { $0.underlying < $1.underlying }
        let members = counted.map { party, required, part in
            MutualMember(
                equity: Double(party.margin.equity.quanta), contribution: Double(party.standing.contribution.quanta),
                lien: Double(party.standing.lien.quanta),
                creditWeight: max(0, min(1, party.standing.creditWeight.fraction)),
                losses: part.losses(over: sections), standAlone: part.alone,
                addOns: PerRequirement { required.addOns($0) })
        }
        return MutualPool(
            members, sections.scenarios(parameters), factors: PerRequirement(parameters.factors), terms: terms,
            grain: .quanta)
    }
}
