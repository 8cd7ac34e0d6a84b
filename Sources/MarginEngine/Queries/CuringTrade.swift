import MarginDomain
import MarginModel

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
