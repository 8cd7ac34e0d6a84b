import MarginDomain
import MarginModel

/// What brings a pool back to its initial margin: each deposit by itself, or the trades together.
extension EngineState {
    /// - Returns: no steps for a pool that meets its initial margin.
    func cures(_ place: PoolIndex) throws(QuestionFault) -> CuresAnswer {
        try needDefaultModel(place)
        try needNoMutualPool(place)
        guard let slot = pools[place.number].slot else { throw .unpriceable }
        let holdings = holdings(of: place, slot)
        guard let now = MarginExcess(book.margin(of: holdings)) else { throw .unpriceable }
        let missing = max(.zero - now.initial, .zero)
        let steps = missing > .zero ? deposits(into: holdings) + trades(in: holdings, restoring: missing) : []
        return CuresAnswer(record: lastRecord, pool: pools[place.number].id, shortfall: missing, steps: steps)
    }

    /// For each asset that the pool may deposit, the least amount that suffices; the numeraire first.
    private func deposits(into holdings: PoolHoldings) -> [Step] {
        let assets = reference.assets.values.sorted {
            ($0.role == .numeraire ? 0 : 1, $0.id.rawValue) < ($1.role == .numeraire ? 0 : 1, $1.id.rawValue)
        }
        return assets.compactMap { asset in
            guard var line = MarginLine(.deposit(asset.id), from: holdings, in: book),
                let units = line.least(upTo: .max), let after = line.excess(at: units)
            else { return nil }
            return Step(
                kind: asset.role == .numeraire ? .depositCash : .depositCollateral, asset: asset.id, instrument: .none,
                account: AccountID(0), quantity: .zero, price: .zero, amount: Money(units),
                marginReleased: after.initial - line.start.initial)
        }
    }

    /// The one trade of least notional that suffices; if none does, a few that do together, the best of each moment
    /// first; none if they do not.
    private func trades(in holdings: PoolHoldings, restoring missing: Value) -> [Step] {
        let candidates = curingTrades(of: holdings)
        if let single = singleTrade(candidates, holdings) { return [single] }
        var held = holdings
        var steps: [Step] = []
        while steps.count < Self.tradesMax {
            guard let (step, change, isEnough) = bestTrade(candidates, held, restoring: missing) else { return [] }
            held.add(change)
            steps.append(step)
            if isEnough { return steps }
        }
        return []
    }

    /// Most trades in one cure.
    private static var tradesMax: Int { 8 }

    private func singleTrade(_ candidates: [CuringTrade], _ holdings: PoolHoldings) -> Step? {
        var best: (step: Step, notional: Double)?
        for candidate in candidates {
            guard var line = MarginLine(candidate.line, from: holdings, in: book),
                let lots = line.least(upTo: candidate.lotsMax), let after = line.excess(at: lots)
            else { continue }
            let notional = Double(lots) * candidate.dollarsPerLot
            if best.map({ notional < $0.notional }) ?? true {
                best = (candidate.step(lots, releasing: after.initial - line.start.initial), notional)
            }
        }
        return best?.step
    }

    /// The trade that restores most per dollar traded, measured by one about as large as what is missing, as far as it
    /// helps or suffices.
    private func bestTrade(
        _ candidates: [CuringTrade], _ holdings: PoolHoldings, restoring missing: Value
    ) -> (Step, PoolHoldings, isEnough: Bool)? {
        var best: (candidate: CuringTrade, rate: Double)?
        for candidate in candidates {
            let wanted = Double(missing.quanta) / Double(Value.perDollar) / candidate.dollarsPerLot
            let lots = max(1, min(candidate.lotsMax, wanted < 1e15 ? Int64(wanted) : .max))
            guard var line = MarginLine(candidate.line, from: holdings, in: book), let after = line.excess(at: lots)
            else { continue }
            let released = Double((after.initial - line.start.initial).quanta)
            let rate = released / (Double(lots) * candidate.dollarsPerLot)
            if released > 0, best.map({ rate > $0.rate }) ?? true { best = (candidate, rate) }
        }
        guard let candidate = best?.candidate, var line = MarginLine(candidate.line, from: holdings, in: book) else {
            return nil
        }
        let lots = line.best(upTo: candidate.lotsMax)
        guard lots > 0, let change = candidate.line.change(lots), let after = line.excess(at: lots) else { return nil }
        let step = candidate.step(lots, releasing: after.initial - line.start.initial)
        return (step, change, after.initial >= .zero)
    }
}

/// A trade that might restore a pool.
struct CuringTrade {
    let instrument: Instrument
    let side: TradeSide
    /// The instrument's present price, at which the trade is thought to be made.
    let price: Price
    /// What one lot is worth, never nothing.
    let dollarsPerLot: Double
    /// A position is closed at most to flat.
    let lotsMax: Int64

    var line: ChangeLine { .trade(instrument, side, price: price) }

    func step(_ lots: Int64, releasing released: Value) -> Step {
        Step(
            kind: .trade, asset: instrument.settlementAsset, instrument: instrument.id, account: AccountID(0),
            quantity: Quantity(lots * side.rawValue), price: price, amount: .zero, marginReleased: released)
    }
}

extension EngineState {
    /// Closing what is held, and hedging with the perpetuals of its underlyings; in order of instrument.
    func curingTrades(of holdings: PoolHoldings) -> [CuringTrade] {
        var candidates: [CuringTrade] = []
        var underlyings = Set(holdings.balances.map(\.asset))
        for position in holdings.positions {
            guard let instrument = reference.instruments[position.instrument] else { continue }
            underlyings.insert(instrument.underlying)
            guard !instrument.isPerpetual else { continue }
            let side = position.lots > .zero ? TradeSide.sell : .buy
            add(instrument, side, upTo: Int64(clamping: position.lots.lots.magnitude), to: &candidates)
        }
        let perpetuals = reference.instruments.values.filter { $0.isPerpetual && underlyings.contains($0.underlying) }
        for instrument in perpetuals.sorted(by: { $0.id < $1.id }) {
            for side in [TradeSide.buy, .sell] {
                add(instrument, side, upTo: EngineLimits.positionLotsMax, to: &candidates)
            }
        }
        return candidates
    }

    private func add(
        _ instrument: Instrument, _ side: TradeSide, upTo lotsMax: Int64, to candidates: inout [CuringTrade]
    ) {
        guard let price = markTicks(of: instrument), let value = book.value(of: instrument.id) else { return }
        let dollars = max(value.magnitude * instrument.quantityExponent.scale, 1e-9)
        candidates.append(
            CuringTrade(
                instrument: instrument, side: side, price: price, dollarsPerLot: dollars, lotsMax: lotsMax))
    }
}

extension Instrument {
    fileprivate var isPerpetual: Bool {
        if case .perpetual = contract { true } else { false }
    }
}
