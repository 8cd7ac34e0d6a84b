import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// As it would be under another set of parameters, put in force on rows of their own; as it is under version 0.
    func explanation(under query: ExplainQuery, of place: PoolIndex) throws(QuestionFault) -> Explanation {
        try needNow(query)
        guard query.version != ParameterVersion(0), let slot = pools[place.number].slot else {
            return try explanation(of: place, query)
        }
        var other = try state(under: query.version, askedAbout: place)
        other.rules = LifeCycleRules(other.book.parameters)
        // SPEED: a trial of the one pool. Evaluating it in the copy would copy the tables of all pools.
        let holdings = other.holdings(of: place, slot)
        var pool = pools[place.number]
        if other.book.chargesOwners, let elsewhere = elsewhere(of: place) { pool.elsewhere = elsewhere }
        let (margin, state) = other.trial(of: place, holdings)
        pool.settle(in: state, at: margin, because: .parameters)
        let isModelled = pool.model == nil && margin.status == .margined
        var explanation = other.explanation(
            of: place, as: pool, holdings, binding: isModelled ? other.book.bindings(of: holdings) : [])
        guard let before = pools[place.number].margin else { return explanation }
        explanation.equityChange = explanation.equity - before.equity
        explanation.initialMarginChange = explanation.initialMargin - before.initial
        explanation.maintenanceMarginChange = explanation.maintenanceMargin - before.maintenance
        return explanation
    }

    /// Every component, the whole scenario vector, the binding scenarios, the inputs with their ages, the shares.
    func explanation(of place: PoolIndex, _ query: ExplainQuery) throws(QuestionFault) -> Explanation {
        try needNow(query)
        guard let slot = pools[place.number].slot else { throw unknownRecord }
        let pool = pools[place.number]
        return explanation(of: place, as: pool, book.holdings(of: slot), binding: binding(of: pool))
    }

    /// The state is that of the last record; older ones are explained by folding the log up to them.
    private func needNow(_ query: ExplainQuery) throws(QuestionFault) {
        guard query.record == .start || query.record == lastRecord else { throw unknownRecord }
    }

    private var unknownRecord: QuestionFault {
        QuestionFault(
            .unknownRecord, field: "record",
            "the state is that of record \(lastRecord); plimsoll explain --log LOG --at RECORD explains others")
    }

    /// What a pool's margin would be with these holdings, and the state that it would come into.
    private func trial(of place: PoolIndex, _ holdings: PoolHoldings) -> (margin: PoolMargin, state: LifeCycle) {
        if let group = pools[place.number].group, groups[group].pool == place {
            let margin = groups[group].figures?.together ?? PoolMargin.empty
            return (margin, groups[group].fails ? .marginCall : .healthy)
        }
        let margin = margin(of: holdings, in: place)
        return (margin, next(place, at: margin, under: rules))
    }

    private func explanation(
        of place: PoolIndex, as pool: Pool, _ holdings: PoolHoldings, binding: [Binding]
    ) -> Explanation {
        let state = poolState(place, as: pool, binding: binding)
        let margined = pool.margin?.status == .margined
        let breakdown = breakdown(of: holdings, in: place, at: pool.margin)
        return Explanation(
            streamNo: state.streamNo, epoch: state.epoch, record: state.record, committed: state.committed,
            eventTime: state.eventTime, pool: state.pool, state: state.state, equity: state.equity,
            initialMargin: state.initialMargin, maintenanceMargin: state.maintenanceMargin,
            releaseMargin: state.releaseMargin, excess: state.excess, utilisation: state.utilisation,
            equityChange: .zero, initialMarginChange: .zero, maintenanceMarginChange: .zero, cause: state.cause,
            oldestInputAge: state.oldestInputAge, stale: state.stale, parameterVersion: state.parameterVersion,
            poolSignalNo: state.poolSignalNo, reason: state.reason, reasonAsset: state.reasonAsset,
            reasonInstrument: state.reasonInstrument, reasonExpiry: state.reasonExpiry,
            methodFault: margined ? "" : methodFault(of: holdings, in: place), page: 0, pageCount: 1,
            binding: state.binding,
            components: state.components,
            scenarios: margined && pool.model == nil ? book.scenarios(of: holdings) : [],
            inputs: inputs(of: place, holdings),
            members: margined ? shares(of: place, as: pool) : [], stakes: mutualStakes(of: place),
            settlements: settlements(of: holdings, state), parts: breakdown.parts,
            methodScenarios: breakdown.scenarios)
    }

    /// What the method of a pool says of holdings that it refuses; else nothing.
    private func methodFault(of holdings: PoolHoldings, in place: PoolIndex) -> String {
        let fault = method(of: place).flatMap { book.fault(of: holdings, by: $0) }
        return fault.map { "\($0)".clipped(to: 160) } ?? ""
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

    private func shares(of place: PoolIndex, as pool: Pool) -> [MemberShare] {
        if pool.group != nil { return mutualShares(of: place) }
        return shares(
            of: pool.members.map {
                MemberHoldings(member: members[$0.number].member, holdings: holdings(of: $0))
            }, in: place, as: pool)
    }
}
