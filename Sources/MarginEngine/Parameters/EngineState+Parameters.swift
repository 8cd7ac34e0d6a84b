import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// Collects the entries of a set; with the last one it is proposed, approved or put in force, whole or not at all.
    mutating func apply(_ entry: RiskParameters, from source: SourceID, _ effects: inout RecordEffects) {
        do throws(ParameterRefusal) {
            guard let entries = try parameterBook.collect(entry, from: source) else { return }
            switch entry.status {
            case .proposed: try parameterBook.propose(entries, from: source, over: baseParameters)
            case .approved: try parameterBook.approve(entries, from: source)
            case .effective:
                let next = try parameterBook.effect(of: entries, from: source, on: baseParameters)
                methods = try MethodBook(next)
                let reason = parameterBook.reason(for: next.version, from: source, on: baseParameters)
                parameterBook.note(next, replacing: baseParameters)
                baseParameters = next
                put(inForce: dayBook.follow(next), because: reason, &effects)
                publishAnnounced(&effects)
            }
        } catch { effects.refuse(.parameters("\(error)")) }
    }

    /// What margins use from now on; every underlying is cut.
    mutating func put(inForce set: ParameterSet, because reason: ParameterReason, _ effects: inout RecordEffects) {
        publish(inForce: set, because: reason, &effects)
        catchUpAll()
        book.replaceParameters(set)
        rules = LifeCycleRules(set)
        renewHistory()
        for underlying in reference.underlyings where book.lastCut(of: underlying) != nil {
            cut(underlying, because: .parameters, &effects)
        }
        // A method may charge for what no underlying moves.
        let places = pools.indices.filter { pools[$0].model != nil }
        evaluate(places.map { PoolIndex(place: Int32($0)) }, because: .parameters, &effects)
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
