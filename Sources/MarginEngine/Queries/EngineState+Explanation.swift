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
        return try other.explanation(of: place, query)
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
            equityChange: state.equityChange, initialMarginChange: state.initialMarginChange,
            maintenanceMarginChange: state.maintenanceMarginChange, cause: state.cause,
            oldestInputAge: state.oldestInputAge, stale: state.stale, parameterVersion: state.parameterVersion,
            poolSignalNo: state.poolSignalNo, binding: state.binding, components: state.components,
            scenarios: margined && pools[place.number].model == nil ? book.scenarios(of: holdings) : [],
            inputs: inputs(of: holdings),
            members: margined ? shares(of: place) : [], stakes: mutualStakes(of: place),
            settlements: settlements(of: holdings, state))
    }

    /// The levels of a pool's state in every asset that its positions settle in.
    private func settlements(of holdings: PoolHoldings, _ state: PoolState) -> [SettlementAmounts] {
        book.settlementPrices(of: holdings).compactMap { price in
            guard let equity = price.units(of: state.equity, .down),
                let initial = price.units(of: state.initialMargin, .up),
                let maintenance = price.units(of: state.maintenanceMargin, .up),
                let release = price.units(of: state.releaseMargin, .up)
            else { return nil }
            return SettlementAmounts(
                asset: price.asset.id, equity: equity, initialMargin: initial, maintenanceMargin: maintenance,
                releaseMargin: release)
        }
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
