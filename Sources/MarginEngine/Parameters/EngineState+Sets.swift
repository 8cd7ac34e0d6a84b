import MarginDomain
import MarginModel

/// The sets of risk parameters that somebody may ask about.
extension EngineState {
    /// What margins would use under a version, were it in force at this moment: people's sets with the ranges of today.
    ///
    /// - Throws: that nobody knows the version.
    func set(version: ParameterVersion) throws(ParameterRefusal) -> ParameterSet {
        if version == book.parameters.version { return book.parameters }
        if let announced = dayBook.announced, announced.version == version { return announced }
        // What people put in force, without what the market added.
        if version == baseParameters.version { return baseParameters }
        if let previous = parameterBook.previous, previous.version == version {
            return dayBook.inForce(over: previous)
        }
        guard let proposal = parameterBook.proposals.first(where: { $0.version == version }) else {
            throw .notProposed(version)
        }
        return dayBook.inForce(over: try baseParameters.changed(by: proposal.entries, version))
    }

    /// The sets that are known, or one of them: proposed ones with their own values, the others whole.
    func parameters(_ query: ParametersQuery) -> [Answer] {
        guard share.shard == 0 else { return [] }
        var known = [answer(book.parameters, .effective, inForce: true)]
        if baseParameters.version != book.parameters.version {
            known.append(answer(baseParameters, .effective, inForce: true))
        }
        if let announced = dayBook.announced {
            if announced.version == baseParameters.version {
                known[known.count - 1].takesEffect = dayBook.nextDay
            } else {
                var next = answer(announced, .approved, inForce: false)
                next.takesEffect = dayBook.nextDay
                known.append(next)
            }
        }
        if let previous = parameterBook.previous {
            var before = answer(previous, .effective, inForce: false)
            before.base = previous.version
            known.append(before)
        }
        known += parameterBook.proposals.map { answer($0) }
        if query.version != ParameterVersion(0) { known.removeAll { $0.version != query.version } }
        guard known.isEmpty else { return known.flatMap(\.pages).map { .parametersAnswer($0) } }
        return [
            .queryError(
                QueryError(
                    fault: .notAvailable, field: Symbol(ascii: "version"),
                    explanation: "\(ParameterRefusal.notProposed(query.version))"))
        ]
    }

    private func answer(_ set: ParameterSet, _ status: ParameterStatus, inForce: Bool) -> ParametersAnswer {
        ParametersAnswer(
            record: lastRecord, version: set.version, base: baseParameters.version, status: status, inForce: inForce,
            proposer: .engine, approvalsNeeded: approvalsNeeded, takesEffect: .zero, page: 0, pageCount: 1,
            approvals: [], values: set.entries(status: .effective).map(ParameterValue.init), assets: assetNames)
    }

    private func answer(_ proposal: ParameterProposal) -> ParametersAnswer {
        ParametersAnswer(
            record: lastRecord, version: proposal.version, base: proposal.version,
            status: UInt64(proposal.approvals.count) < approvalsNeeded ? .proposed : .approved, inForce: false,
            proposer: proposal.proposer, approvalsNeeded: approvalsNeeded, takesEffect: .zero, page: 0, pageCount: 1,
            approvals: proposal.approvals.map { ParameterApproval(source: $0) },
            values: proposal.entries.map(ParameterValue.init), assets: assetNames)
    }

    /// In order of asset.
    private var assetNames: [ParameterAsset] {
        reference.assets.values.sorted { $0.id < $1.id }.map { ParameterAsset(asset: $0.id, symbol: $0.symbol) }
    }

    private var approvalsNeeded: UInt64 { UInt64(baseParameters.governance.approvals) }
}
