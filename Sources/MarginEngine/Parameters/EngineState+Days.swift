import MarginDomain
import MarginModel

extension EngineState {
    /// Makes the step into a new UTC day, before anything else of the record that enters it.
    mutating func passDay(_ effects: inout RecordEffects) {
        guard let day = dayBook.turn(to: now), baseParameters.dynamics.isOn else { return }
        if let set = dayBook.step(over: baseParameters) { put(inForce: set, because: .market, &effects) }
        for underlying in reference.underlyings {
            guard trust.trusts(underlying), let price = closes.lastPrice(of: underlying, on: day) else { continue }
            dayBook.close(underlying, at: price, baseParameters)
        }
        dayBook.announce(over: baseParameters)
        publishAnnounced(&effects)
    }
}
