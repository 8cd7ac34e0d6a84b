import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    mutating func apply(_ event: AssetListed, _ effects: inout RecordEffects) {
        do {
            if let asset = try reference.list(event) { book.list(asset) }
        } catch { effects.refuse(error.refusal) }
    }

    mutating func apply(_ event: InstrumentListed, _ effects: inout RecordEffects) {
        do {
            if let instrument = try reference.list(event) { book.list(instrument) }
        } catch { effects.refuse(error.refusal) }
    }

    mutating func apply(_ event: InstrumentAmended, _ effects: inout RecordEffects) {
        guard reference.instruments[event.instrument] != nil else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        reference.amend(event)
    }

    mutating func apply(_ event: InstrumentDelisted, _ effects: inout RecordEffects) {
        guard reference.instruments[event.instrument] != nil else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        guard members.allSatisfy({ $0.positions[event.instrument] == nil }) else { return effects.refuse(.notEmpty) }
        let owners = withdrawOrders(in: event.instrument)
        book.retire(event.instrument)
        reference.delist(event.instrument)
        evaluate(owners.map { members[$0.number].pool }, because: .order, &effects)
    }

    mutating func apply(_ entry: PoolAgreement, _ effects: inout RecordEffects) {
        do { try reference.agree(entry) } catch { effects.refuse(error.refusal) }
    }

    /// A settled instrument has no row any more; it stays listed, so that late corrections can still name it.
    mutating func close(_ instrument: Instrument) { book.retire(instrument.id) }

    /// Collects the entries of a set; the last one puts it in force, whole or not at all.
    mutating func apply(_ entry: RiskParameters, _ effects: inout RecordEffects) {
        guard entry.status == .effective else { return }
        collectedParameters.append(entry)
        guard entry.last else { return }
        let entries = collectedParameters
        collectedParameters = []
        do {
            let set = try book.parameters.applying(entries, version: entry.version)
            book.replaceParameters(set)
            rules = LifeCycleRules(set)
        } catch { return effects.refuse(.parameters("\(error)")) }
        for underlying in reference.underlyings where book.lastCut(of: underlying) != nil {
            cut(underlying, because: .parameters, &effects)
        }
    }
}

extension LifeCycleRules {
    /// The life cycle's part of a set of risk parameters.
    init(_ parameters: ParameterSet) {
        let lifeCycle = parameters.lifeCycle
        self.init(
            warningFactor: Ratio(billionths(lifeCycle.warningFactor)),
            hysteresis: Ratio(billionths(lifeCycle.hysteresis)),
            callDuration: Duration64(billionths(lifeCycle.callSeconds)),
            liquidationPriceBand: Ratio(billionths(lifeCycle.liquidationPriceBand)))
    }
}

/// The integer that a parameter was read from: parameters travel as billionths, and the model keeps the quotient.
private func billionths(_ fraction: Double) -> Int64 {
    Int64(exactly: (fraction * 1e9).rounded(.toNearestOrEven)) ?? .max
}
