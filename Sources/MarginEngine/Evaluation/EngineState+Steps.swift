import MarginDefault
import MarginDomain
import MarginModel

/// What a consumer could do about a signal: the cures of a call, the plan of a liquidation.
extension EngineState {
    func steps(for kind: SignalKind, _ place: PoolIndex, _ levels: MarginLevels) -> [Step] {
        switch kind {
        case .marginCall, .restricted: cures(place, levels)
        case .liquidationPlan, .liquidationUpdate, .defaulted: slices(place, levels)
        case .warning, .cured, .waterfallStep, .autoDeleverage, .quarantined: []
        }
    }

    /// Cash, then the single trade that restores most per notional.
    func cures(_ place: PoolIndex, _ levels: MarginLevels) -> [Step] {
        let goal = levels.level(of: .restricted, under: rules) ?? .zero
        let missing = max(goal - levels.equity, .zero)
        guard missing > .zero else { return [] }
        return [cashCure(missing)].compactMap { $0 } + [bestTrade(place)].compactMap { $0 }
    }

    /// The deposit of numeraire that brings equity to initial margin, rounded up to its smallest unit.
    private func cashCure(_ missing: Value) -> Step? {
        guard let id = reference.numeraire, let asset = reference.assets[id] else { return nil }
        let power = Int(asset.moneyExponent.power) - Int(Value.exponent.power)
        let units =
            power >= 0
            ? Rounding.up(Int128(missing.quanta), dividedBy: PowerOfTen.integer(power))
            : Int128(missing.quanta) * PowerOfTen.integer(-power)
        return Step(
            kind: .depositCash, asset: id, instrument: .none, account: AccountID(0), quantity: .zero, price: .zero,
            amount: Money(Int64(clamping: units)), marginReleased: missing)
    }

    /// Closing one position: the one that restores most excess per dollar traded.
    private func bestTrade(_ place: PoolIndex) -> Step? {
        guard let slot = pools[place.number].slot, let margin = standAlone(place) else { return nil }
        let holdings = book.holdings(of: slot).withoutOrders
        var variations = PoolVariations(of: holdings, in: book, method: method(of: place))
        var best: (step: Step, gain: Double)?
        for position in holdings.positions {
            guard let instrument = reference.instruments[position.instrument],
                let released = variations.released(
                    by: NetQuantity(-position.lots.lots), of: position.instrument, from: margin),
                released > .zero, let value = book.value(of: position.instrument)
            else { continue }
            let units = Double(Int64(clamping: position.lots.lots)).magnitude * instrument.quantityExponent.scale
            let gain = Double(released.quanta) / max(units * value.magnitude, 1e-6)
            if best.map({ gain > $0.gain }) ?? true {
                best = (slice(.trade, instrument, trading: -position.lots.lots, releasing: released), gain)
            }
        }
        return best?.step
    }

    /// The plan: the same share of every position, so that hedges shrink with what they hedge.
    private func slices(_ place: PoolIndex, _ levels: MarginLevels) -> [Step] {
        guard let slot = pools[place.number].slot, let margin = standAlone(place) else { return [] }
        let plan = ReductionPlan(levels)
        let holdings = book.holdings(of: slot).withoutOrders
        var variations = PoolVariations(of: holdings, in: book, method: method(of: place))
        return holdings.positions.compactMap { position in
            guard let instrument = reference.instruments[position.instrument] else { return nil }
            let lots = plan.lots(closing: position.lots)
            guard lots != 0 else { return nil }
            let released = variations.released(by: NetQuantity(lots), of: position.instrument, from: margin)
            return slice(.slice, instrument, trading: lots, releasing: released ?? .zero)
        }
    }

    private func slice(
        _ kind: StepKind, _ instrument: Instrument, trading lots: Int128, releasing released: Value
    ) -> Step {
        let price = markTicks(of: instrument).map { rules.worstPrice(mark: $0, trading: lots) } ?? .zero
        return Step(
            kind: kind, asset: instrument.settlementAsset, instrument: instrument.id, account: AccountID(0),
            quantity: Quantity(Int64(clamping: lots)), price: price, amount: .zero, marginReleased: released)
    }

    /// What the instrument is worth now, in ticks of its traded price: the mark of a future, the model's value of an
    /// option (in coin for inverse ones).
    func markTicks(of instrument: Instrument) -> Price? {
        let market = book.market(of: instrument.underlying)
        guard !instrument.carriesCost else { return market?.mark(of: instrument.id)?.price }
        guard let dollars = book.value(of: instrument.id), let market, let price = market.index?.price else {
            return nil
        }
        let value = instrument.contract.settlement == .inverse ? dollars / market.underlying.dollars(price) : dollars
        let ticks = (value / instrument.priceExponent.scale).rounded(.toNearestOrEven)
        return ticks.magnitude < 9e18 ? Price(Int64(ticks)) : nil
    }
}

extension PoolVariations {
    /// What maintenance excess a trade at model value would restore by itself; negative if the position is a hedge.
    fileprivate mutating func released(
        by lots: NetQuantity, of instrument: InstrumentID, from before: PoolMargin
    ) -> Value? {
        let after = margin(adding: lots, of: instrument)
        guard after.status == .margined else { return nil }
        return before.maintenance - after.maintenance
    }
}
