import MarginDomain
import MarginModel

extension EngineState {
    /// Refreshes an underlying's rows and evaluates the pools that depend on them, in order of pool: all that may have
    /// reached a level.
    mutating func cut(_ underlying: AssetID, because cause: Cause, _ effects: inout RecordEffects) {
        var cause = cause
        for fault in book.tryVolatilities(of: underlying, at: now) { effects.refuse(.surface("\(fault)")) }
        if surfaces[underlying]?.isDue(at: now) == true, let surface = surfaces[underlying]?.take(at: now) {
            for fault in surface.faults { effects.refuse(.svi("\(fault)")) }
            take(surface.volatilities, of: underlying, &effects)
            cause = .volatility
        }
        renewRegions(atMost: max(EngineLimits.renewalsPerCut, pools.count / 16))
        book.refresh(underlying, at: now)
        causes[underlying] = cause
        // While some source is not trusted, a state depends on more than on levels.
        switch trust.isWhole ? book.scope(ofCut: underlying) : .all {
        case .all: evaluateAll(exposedTo: underlying, because: cause, &effects)
        case .some(let slots):
            for slot in slots {
                let place = poolOfSlot[slot.index]
                if pools[place.number].group != nil { continue }
                noteElsewhere(of: place)
                settle(place, at: deciding(book.margin(of: slot), of: place), because: cause, byCut: true, &effects)
            }
        }
        evaluateGroups(exposedTo: underlying, because: cause, &effects)
    }

    private mutating func evaluateAll(
        exposedTo underlying: AssetID, because cause: Cause, _ effects: inout RecordEffects
    ) {
        noteElsewhere(exposedTo: underlying)
        // The book hands over slots and margins; only those are copied out, so that the state can change meanwhile.
        var found: [(PoolSlot, PoolMargin)] = []
        book.evaluate(exposedTo: underlying) { slot, margin in found.append((slot, margin)) }
        for (slot, margin) in found {
            let place = poolOfSlot[slot.index]
            if pools[place.number].group != nil { continue }
            settle(place, at: deciding(margin, of: place), because: cause, byCut: true, &effects)
        }
    }

    /// Puts volatilities in force, in order of arrival, less those of expiries on which something could be earned.
    private mutating func take(
        _ volatilities: [ArrivingVolatility], of underlying: AssetID, _ effects: inout RecordEffects
    ) {
        guard let admission = book.market(of: underlying)?.admission(of: volatilities, at: now) else { return }
        for (_, fault) in admission.refused.sorted(by: { $0.key < $1.key }) { effects.refuse(.surface("\(fault)")) }
        for (expiry, strikes) in admission.gone.sorted(by: { $0.key < $1.key }) {
            book.forgetPoints(of: underlying, expiry, at: strikes)
        }
        for volatility in volatilities where admission.refused[volatility.expiry] == nil {
            switch volatility {
            case .point(let point): book.apply(point)
            case .slice(let slice, let curve): book.apply(curve, of: slice)
            }
        }
        book.forgetExpiries(of: underlying, until: now)
    }

    /// Evaluates every pool whose worth depends on the price of an asset without rows, in order of pool.
    mutating func revalue(_ asset: AssetID, _ effects: inout RecordEffects) {
        for slot in book.pools(holding: asset) {
            let place = poolOfSlot[slot.index]
            if pools[place.number].group != nil { continue }
            noteElsewhere(of: place)
            let margin = book.margin(of: slot)
            settle(place, at: deciding(margin, of: place), because: .price, &effects)
        }
        evaluateGroups(exposedTo: asset, because: .price, &effects)
    }

    /// Cuts underlyings that have been silent for a second, and those whose surface waited for time to pass.
    mutating func cutSilentUnderlyings(_ effects: inout RecordEffects) {
        for underlying in reference.underlyings {
            let isSilent = book.lastCut(of: underlying).map { now >= $0 + .seconds(1) } ?? false
            if isSilent || surfaces[underlying]?.isDue(at: now) == true {
                cut(underlying, because: .time, &effects)
            }
        }
    }
}
