public import MarginDomain

extension MarginBook {
    /// Sensitivities by underlying, ascending; underlyings without prices are left out.
    ///
    /// Aggregated with lots, coin balances included: a coin is one unit of delta.
    public func greeks(of holdings: PoolHoldings) -> [UnderlyingGreeks] {
        let trial = Trial(layingOut: holdings, book: self)
        return trial.record.sections.compactMap { place in
            underlyings[place.underlying].greeks(of: trial.positions(place), coinUnits: trial.coinUnits(place))
        }
    }

    /// Sensitivities of a live pool by underlying, ascending: those of its holdings, without laying them out.
    public func greeks(of pool: PoolSlot) -> [UnderlyingGreeks] {
        let live = LiveSections()
        return pools[pool.index].sections.compactMap { place in
            let coinUnits = underlyings[place.underlying].arena.owners[place.section].coinUnits
            let positions = live.positions(place, self)
            guard !positions.isEmpty || coinUnits != 0 else { return nil }
            return underlyings[place.underlying].greeks(of: positions, coinUnits: coinUnits)
        }
    }

    /// Whether an instrument has a row with numbers.
    public func isPriced(_ instrument: InstrumentID) -> Bool {
        guard let known = self.instrument(instrument), let place = place(of: known.underlying),
            let row = underlyings[place].contracts.row(of: instrument)
        else { return false }
        return underlyings[place].table.cut != nil && underlyings[place].table.fault == nil
            && underlyings[place].table.isPriced(row: row)
    }

    /// Dollars of one unit of an instrument at its underlying's last cut; nil while it cannot be priced.
    public func value(of instrument: InstrumentID) -> Double? {
        guard let known = self.instrument(instrument), let place = place(of: known.underlying) else { return nil }
        // SPEED: through a span an underlying's book is borrowed, not copied: a third of a pre-trade check.
        let underlyings = underlyings.span
        guard let spot = underlyings[place].market.spot, underlyings[place].table.cut != nil else { return nil }
        return underlyings[place].sensitivities(of: known, spot: spot)?.value
    }
}

extension UnderlyingBook {
    /// Of positions and coin together; nil while something of them cannot be priced.
    func greeks(of positions: [(row: Int, lots: Double)], coinUnits: Int128) -> UnderlyingGreeks? {
        guard let spot = market.spot, table.cut != nil else { return nil }
        var sum = Sensitivities()
        sum.delta = coinUnits.nearestDouble * asset.moneyExponent.scale
        for position in positions {
            guard let instrument = contracts.instruments[position.row],
                let unit = sensitivities(of: instrument, spot: spot)
            else { return nil }
            sum = sum + position.lots * instrument.quantityExponent.scale * unit
        }
        return UnderlyingGreeks(
            underlying: asset.id, delta: Greek(sum.delta), gamma: Greek(sum.gamma), vega: Greek(sum.vega),
            theta: Greek(sum.theta), rho: Greek(sum.rho))
    }

    /// Of one unit at the time of the last cut.
    func sensitivities(of instrument: Instrument, spot: Double) -> Sensitivities? {
        guard case .option(let settlement, let type, let strike, let expiry) = instrument.contract else {
            return market.markDollars(of: instrument).map {
                Sensitivities.marked(instrument.contract.settlement, mark: $0, spot: spot)
            }
        }
        let tick = asset.priceExponent.scale
        guard let cut = table.cut, let (forward, _) = market.forwardDollars(of: expiry),
            let volatility = market.expiries[expiry]?.volatility(at: strike, tick: tick)
        else { return nil }
        return Sensitivities.option(
            Sensitivities.Option(
                isCall: type == .call, settlement: settlement, strike: asset.dollars(strike), volatility: volatility,
                spot: spot, forward: forward, years: RowTable.years(from: cut, to: expiry),
                rate: market.rate(of: expiry)?.rate.fraction ?? 0))
    }
}

extension Greek {
    /// To the nearest millionth; what is larger than the wire holds saturates.
    init(_ value: Double) {
        let millionths = value * 1e6
        // Beyond 2⁵¹ the nearest integer is the number itself, give or take a half.
        let whole = abs(millionths) < 0x1p51 ? millionths.nearestInteger : millionths
        self.init(abs(whole) < 0x1p62 ? Int64(whole) : whole > 0 ? .max : .min)
    }
}

extension Int128 {
    // SPEED: the conversion of 128 bits is generic code, 100 ns and more; hardly any number needs it.
    var nearestDouble: Double { Int64(exactly: self).map { Double($0) } ?? Double(self) }
}
