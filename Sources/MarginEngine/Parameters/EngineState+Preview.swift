import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// What a set of parameters would change, over all pools that this state evaluates, if it took effect on the rows
    /// and holdings of this moment.
    func preview(_ query: PreviewQuery) -> Answer {
        let set: ParameterSet
        do { set = try self.set(version: query.version) } catch {
            return .queryError(
                QueryError(fault: .notAvailable, field: Symbol(ascii: "version"), explanation: "\(error)"))
        }
        var tally = PreviewTally(record: lastRecord, version: query.version, base: book.parameters.version)
        let rules = LifeCycleRules(set)
        var other = book.book(under: set)
        let bound = mutualMargins(in: other)
        for place in pools.indices {
            guard let slot = pools[place].slot, let before = pools[place].margin else { continue }
            let after: PoolMargin
            if let margin = bound[PoolIndex(place: Int32(place))] {
                guard let margin else { continue }
                after = margin
            } else {
                // A published method has parameters of its own, which the set does not change.
                after = pools[place].method == nil ? other.margin(of: slot) : before
            }
            tally.add(
                pools[place].id, from: (pools[place].state, before),
                to: (next(PoolIndex(place: Int32(place)), at: after, under: rules), after))
        }
        return .previewAnswer(tally.answer)
    }

    /// The set that would be in force under a version, on top of what is in force now.
    private func set(version: ParameterVersion) throws(ParameterRefusal) -> ParameterSet {
        if version == book.parameters.version { return book.parameters }
        if let previous = parameterBook.previous, previous.version == version { return previous }
        guard let proposal = parameterBook.proposals.first(where: { $0.version == version }) else {
            throw .notProposed(version)
        }
        return try book.parameters.changed(by: proposal.entries, version)
    }

    /// The sets that are known, or one of them: proposed ones with their own values, the others whole.
    func parameters(_ query: ParametersQuery) -> [Answer] {
        guard share.shard == 0 else { return [] }
        func answer(_ set: ParameterSet, inForce: Bool) -> ParametersAnswer {
            ParametersAnswer(
                record: lastRecord, version: set.version, status: .effective, inForce: inForce, proposer: .engine,
                approvalsNeeded: UInt64(approvalsNeeded), approvals: [],
                values: set.entries(status: .effective).map(ParameterValue.init))
        }
        var known = [answer(book.parameters, inForce: true)]
        if let previous = parameterBook.previous { known.append(answer(previous, inForce: false)) }
        for proposal in parameterBook.proposals {
            known.append(
                ParametersAnswer(
                    record: lastRecord, version: proposal.version,
                    status: proposal.approvals.count < approvalsNeeded ? .proposed : .approved, inForce: false,
                    proposer: proposal.proposer, approvalsNeeded: UInt64(approvalsNeeded),
                    approvals: proposal.approvals.map { ParameterApproval(source: $0) },
                    values: proposal.entries.map(ParameterValue.init)))
        }
        if query.version != ParameterVersion(0) { known.removeAll { $0.version != query.version } }
        guard known.isEmpty else { return known.map { .parametersAnswer($0) } }
        return [
            .queryError(
                QueryError(
                    fault: .notAvailable, field: Symbol(ascii: "version"),
                    explanation: "\(ParameterRefusal.notProposed(query.version))"))
        ]
    }

    private var approvalsNeeded: Int { Int(book.parameters.governance.approvals) }
}
