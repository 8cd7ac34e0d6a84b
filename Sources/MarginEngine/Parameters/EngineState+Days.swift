import MarginDomain
import MarginModel

extension EngineState {
    /// Makes the step into a new UTC day, before anything else of the record that enters it.
    mutating func passDay(_ effects: inout RecordEffects) {
        guard let began = dayBook.turn(to: now), baseParameters.dynamics.isOn else { return }
        if let set = dayBook.step(over: baseParameters) { put(inForce: set, because: .market, &effects) }
        for underlying in reference.underlyings {
            guard let index = book.market(of: underlying)?.index, index.publishTime >= began,
                trust.trusts(underlying)
            else { continue }
            dayBook.close(underlying, at: index.price, baseParameters)
        }
        dayBook.announce(over: baseParameters)
        publishAnnounced(&effects)
    }
}
