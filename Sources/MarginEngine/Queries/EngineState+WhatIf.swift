import MarginDomain
import MarginModel

extension EngineState {
    /// The pool's margin before and after hypothetical changes, by the same formulas on a copy of its holdings.
    ///
    /// Under another set of parameters the rows are made again as of their own last cuts, as when it takes effect; what
    /// was before is under the set in force.
    func whatIf(_ query: WhatIfQuery, _ place: PoolIndex) throws(QuestionFault) -> WhatIfAnswer {
        guard let slot = pools[place.number].slot else { throw withoutMargin(place) }
        try needMember(place)
        let before = margin(of: holdings(of: place, slot), in: place)
        var changes = PoolHoldings()
        for change in query.changes {
            guard change.account == AccountID(0) || isMember(change.account, of: place) else {
                throw QuestionFault(
                    .unknownAccount, field: "changes.account",
                    "account \(change.account) is no member of the pool; 0 = its first member")
            }
            changes.add(try hypothetical(change))
        }
        let other = try state(under: query.version, askedAbout: place)
        // The set may be the first to charge by size, and then counts what the owner has elsewhere.
        var holdings = other.holdings(of: place, slot)
        holdings.add(changes)
        let after = other.margin(of: holdings, in: place)
        for margin in [before, after] where margin.status != .margined { throw withoutMargin(margin.status) }
        return WhatIfAnswer(
            record: lastRecord, pool: pools[place.number].id, equityBefore: before.equity,
            equityAfter: after.equity, initialBefore: before.initial, initialAfter: after.initial,
            maintenanceBefore: before.maintenance, maintenanceAfter: after.maintenance,
            changes: MarginComponent.allCases.map { component in
                ComponentChange(
                    component: component, initialBefore: before.components[component].initial,
                    initialAfter: after.components[component].initial,
                    maintenanceBefore: before.components[component].maintenance,
                    maintenanceAfter: after.components[component].maintenance)
            })
    }

    /// The state as it is, or with rows and methods made again under another version of the parameters.
    ///
    /// - Parameter place: a pool whose margin is asked for; credit that the change takes from a member of a mutual pool
    ///   spares it as it would then.
    func state(
        under version: ParameterVersion, askedAbout place: PoolIndex? = nil
    ) throws(QuestionFault) -> EngineState {
        guard version != ParameterVersion(0), version != book.parameters.version else { return self }
        var other = self
        do {
            let set = try set(version: version)
            other.methods = try methods(under: set)
            other.book = book.book(under: set)
        } catch {
            throw QuestionFault(.notAvailable, field: "version", "\(error)")
        }
        if let group = place.flatMap({ pools[$0.number].group }) {
            other.groups[group].take(other.figures(of: group), touching: [], of: [], because: .parameters, at: now)
        }
        return other
    }

    private func isMember(_ account: AccountID, of place: PoolIndex) -> Bool {
        pools[place.number].members.contains { members[$0.number].member.account == account }
    }

    /// What a hypothetical trade, payment, or both, change of a pool's holdings.
    private func hypothetical(_ change: WhatIfChange) throws(QuestionFault) -> PoolHoldings {
        var holdings = PoolHoldings()
        if change.instrument.isPresent {
            let instrument = try instrument(change.instrument)
            guard change.price > .zero || !instrument.isInverseFuture else {
                throw QuestionFault(.outOfRange, field: "price", "price must be positive")
            }
            guard let cost = instrument.cost(of: change.quantity, at: change.price) else { throw .tooLarge }
            holdings.add(NetQuantity(Int128(change.quantity.lots)), of: instrument.id)
            holdings.add(.zero - cost, of: instrument.settlementAsset)
        }
        if change.amount != .zero {
            guard reference.assets[change.asset] != nil else { throw .unknown(change.asset) }
            holdings.add(Balance(change.amount), of: change.asset)
        }
        return holdings
    }
}
