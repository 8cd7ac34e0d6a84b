import MarginDomain
import MarginModel

/// Sets of risk parameters as the state stream says them: each that comes into force, and what the next day will bring
/// (docs/event-rules.md §8).
extension EngineState {
    /// Says that a set is in force from now on. What was announced before is announced no longer.
    mutating func publish(inForce set: ParameterSet, because reason: ParameterReason, _ effects: inout RecordEffects) {
        // Every shard puts every set in force; one says so.
        guard share.shard == 0 else { return }
        publishedParameters = parameterStates(set, reason, takesEffect: .zero)
        effects.parameterStates += publishedParameters
    }

    /// Says what the engine will put in force when the next day begins, if that is another set.
    mutating func publishAnnounced(_ effects: inout RecordEffects) {
        guard share.shard == 0 else { return }
        publishedParameters.removeAll { $0.takesEffect != .zero }
        guard let set = dayBook.announced else { return }
        let states = parameterStates(set, .market, takesEffect: dayBook.nextDay)
        publishedParameters += states
        effects.parameterStates += states
    }

    /// A set, in as many messages as it needs.
    private func parameterStates(
        _ set: ParameterSet, _ reason: ParameterReason, takesEffect: Timestamp
    ) -> [ParameterState] {
        ParameterState(
            streamNo: .start, epoch: Epoch(0), record: lastRecord, committed: false, eventTime: now,
            version: set.version, base: baseParameters.version, previous: book.parameters.version, reason: reason,
            takesEffect: takesEffect, page: 0, pageCount: 1,
            values: set.entries(status: .effective).map(ParameterValue.init)
        ).pages
    }
}
