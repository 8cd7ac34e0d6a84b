import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// As it would be under another set of parameters, put in force on a copy of everything; as it is under version 0.
    func explanation(under query: ExplainQuery, of place: PoolIndex) throws(QuestionFault) -> Explanation {
        guard query.version != ParameterVersion(0) else { return try explanation(of: place, query) }
        var other = try state(under: query.version)
        other.rules = LifeCycleRules(other.book.parameters)
        // Whatever the set would have announced stays with the copy.
        var effects = RecordEffects(record: lastRecord)
        other.evaluate([place], because: .parameters, &effects)
        var explanation = try other.explanation(of: place, query)
        guard let before = pools[place.number].margin else { return explanation }
        explanation.equityChange = explanation.equity - before.equity
        explanation.initialMarginChange = explanation.initialMargin - before.initial
        explanation.maintenanceMarginChange = explanation.maintenanceMargin - before.maintenance
        return explanation
    }

    /// Every component, the whole scenario vector, the binding scenarios, the inputs with their ages, the shares.
    func explanation(of place: PoolIndex, _ query: ExplainQuery) throws(QuestionFault) -> Explanation {
        // The state is that of the last record; older ones are explained by folding the log up to them.
        guard query.record == .start || query.record == lastRecord, let slot = pools[place.number].slot else {
            throw QuestionFault(
                .unknownRecord, field: "record",
                "the state is that of record \(lastRecord); plimsoll explain --log LOG --at RECORD explains others")
        }
        let state = poolState(place)
        let holdings = book.holdings(of: slot)
        let margined = pools[place.number].margin?.status == .margined
        return Explanation(
            streamNo: state.streamNo, epoch: state.epoch, record: state.record, committed: state.committed,
            eventTime: state.eventTime, pool: state.pool, state: state.state, equity: state.equity,
            initialMargin: state.initialMargin, maintenanceMargin: state.maintenanceMargin,
            releaseMargin: state.releaseMargin, excess: state.excess, utilisation: state.utilisation,
            equityChange: .zero, initialMarginChange: .zero, maintenanceMarginChange: .zero, cause: state.cause,
            oldestInputAge: state.oldestInputAge, stale: state.stale, parameterVersion: state.parameterVersion,
            poolSignalNo: state.poolSignalNo, binding: state.binding, components: state.components,
            scenarios: margined && pools[place.number].model == nil ? book.scenarios(of: holdings) : [],
            inputs: inputs(of: holdings),
            members: margined ? shares(of: place) : [], stakes: mutualStakes(of: place))
    }

    private func shares(of place: PoolIndex) -> [MemberShare] {
        if pools[place.number].group != nil { return mutualShares(of: place) }
        return shares(
            of: pools[place.number].members.map {
                MemberHoldings(member: members[$0.number].member, holdings: holdings(of: $0))
            }, in: place)
    }

    private func inputs(of holdings: PoolHoldings) -> [MarketInput] {
        book.inputs(of: holdings).map { input in
            MarketInput(
                underlying: input.underlying, expiry: input.expiry, price: input.price,
                age: max(now - input.publishTime, .zero), status: trust.trusts(input.underlying) ? .trusted : .untrusted
            )
        }
    }
}
