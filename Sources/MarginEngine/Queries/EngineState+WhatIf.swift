import MarginDomain
import MarginModel

extension EngineState {
    /// The pool's margin before and after hypothetical changes, by the same formulas on a copy of its holdings.
    func whatIf(_ query: WhatIfQuery, _ place: PoolIndex) -> Answer {
        guard let slot = pools[place.number].slot else { return unpriceable }
        let before = margin(of: book.holdings(of: slot), in: place)
        var holdings = book.holdings(of: slot)
        for change in query.changes {
            if let fault = add(change, to: &holdings) { return .queryError(fault) }
        }
        let after = margin(of: holdings, in: place)
        guard before.status == .margined, after.status == .margined else { return unpriceable }
        return .whatIfAnswer(
            WhatIfAnswer(
                record: lastRecord, pool: pools[place.number].id, equityBefore: before.equity,
                equityAfter: after.equity, initialBefore: before.initial, initialAfter: after.initial,
                maintenanceBefore: before.maintenance, maintenanceAfter: after.maintenance,
                changes: MarginComponent.allCases.map { component in
                    ComponentChange(
                        component: component, initialBefore: before.components[component].initial,
                        initialAfter: after.components[component].initial,
                        maintenanceBefore: before.components[component].maintenance,
                        maintenanceAfter: after.components[component].maintenance)
                }))
    }

    /// Adds a hypothetical trade or payment; what is wrong with it otherwise.
    private func add(_ change: WhatIfChange, to holdings: inout PoolHoldings) -> QueryError? {
        if change.instrument.isPresent {
            guard let instrument = reference.instruments[change.instrument] else {
                return QueryError(
                    fault: .unknownInstrument, field: Symbol(ascii: "instrument"),
                    explanation: "instrument \(change.instrument) is not listed")
            }
            guard change.price > .zero || !instrument.isInverseFuture else {
                return QueryError(
                    fault: .outOfRange, field: Symbol(ascii: "price"), explanation: "price must be positive")
            }
            holdings.add(NetQuantity(Int128(change.quantity.lots)), of: change.instrument)
            holdings.add(
                .zero - instrument.cost(of: change.quantity, at: change.price), of: instrument.settlementAsset)
        }
        if change.amount != .zero {
            guard reference.assets[change.asset] != nil else {
                return QueryError(
                    fault: .outOfRange, field: Symbol(ascii: "asset"),
                    explanation: "asset \(change.asset) is not listed")
            }
            holdings.add(Balance(change.amount), of: change.asset)
        }
        return nil
    }

    private var unpriceable: Answer {
        .queryError(
            QueryError(
                fault: .unpriceable, field: .empty, explanation: "a price, volatility or mark is missing; see explain"))
    }
}
