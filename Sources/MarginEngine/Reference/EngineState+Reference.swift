import MarginDomain
import MarginModel

extension EngineState {
    mutating func apply(_ event: AssetListed, _ effects: inout RecordEffects) {
        do {
            if let asset = try reference.list(event) {
                book.list(asset)
                renewHistory()
            }
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
}
