import MarginDomain
import MarginModel

/// Market conditions that make no cut by themselves: they count from the underlying's next one.
extension EngineState {
    mutating func apply(_ rate: FundingRate, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[rate.instrument] else {
            return effects.refuse(.unknownInstrument(rate.instrument))
        }
        guard instrument.expiry == nil else { return effects.refuse(.outOfRange(field: "instrument")) }
        guard rate.rate.billionths.magnitude <= UInt64(Rate.scale) else {
            return effects.refuse(.outOfRange(field: "rate"))
        }
        let known = book.market(of: instrument.underlying)?.funding(of: rate.instrument)?.publishTime
        guard isTimely(rate.publishTime, replacing: known, &effects) else { return }
        book.apply(rate)
    }

    mutating func apply(_ depth: Depth, _ effects: inout RecordEffects) {
        guard isUnderlying(depth.underlying, &effects) else { return }
        guard depth.bid > .zero else { return effects.refuse(.outOfRange(field: "bid")) }
        guard depth.ask > .zero else { return effects.refuse(.outOfRange(field: "ask")) }
        let known = book.market(of: depth.underlying)?.depthTime
        guard isTimely(depth.publishTime, replacing: known, &effects) else { return }
        book.apply(depth)
    }
}
