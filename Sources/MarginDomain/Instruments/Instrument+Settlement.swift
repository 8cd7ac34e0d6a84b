extension Instrument {
    /// What `quantity` is worth when the instrument settles at `price` of its underlying, in the settlement asset; nil if
    /// no ledger entry could hold it.
    ///
    /// Options: `q·max(0, ±(P − K))·lot`, divided by `P` for inverse ones, rounded down. Futures: as if sold at `P`,
    /// rounded half to even to the instrument's tick first; what they cost is for the caller to take off.
    ///
    /// - Precondition: `price` is positive and the instrument is not a perpetual.
    public func settlementAmount(of quantity: Quantity, at price: Price, of underlying: Asset) -> Balance? {
        switch contract {
        case .perpetual: preconditionFailure("perpetuals do not settle")
        case .future:
            let shift = Int(underlying.priceExponent.power) - Int(priceExponent.power)
            let ticks =
                shift >= 0
                ? Rounding.scaled(Int128(price.ticks), by: shift)
                : Rounding.halfToEven(Int128(price.ticks), times: 0, dividedBy: PowerOfTen.integer(-shift))
            guard let ticks = ticks.flatMap({ Int64(exactly: max($0, 1)) }) else { return nil }
            return cost(of: quantity, at: Price(ticks))
        case .option(let settlement, let type, let strike, _):
            let difference = Int128(price.ticks) - Int128(strike.ticks)
            let worth = Int128(quantity.lots) * max(0, type == .call ? difference : -difference)
            let amount =
                settlement == .linear ? linear(worth, underlying) : inverse(worth, dividedBy: Int128(price.ticks))
            return amount.flatMap { Balance($0).money }.map { Balance($0) }
        }
    }

    private func linear(_ worth: Int128, _ underlying: Asset) -> Int128? {
        let shift =
            Int(quantityExponent.power) + Int(underlying.priceExponent.power) - Int(moneyExponent.power)
        if shift >= 0 { return Rounding.scaled(worth, by: shift) }
        // Below the smallest power that there is, everything is less than a unit.
        guard -shift <= PowerOfTen.powerMax else { return worth < 0 ? -1 : 0 }
        return Rounding.down(worth, dividedBy: PowerOfTen.integer(-shift))
    }

    private func inverse(_ worth: Int128, dividedBy ticks: Int128) -> Int128? {
        let shift = Int(quantityExponent.power) - Int(moneyExponent.power)
        if shift >= 0 { return Rounding.scaled(worth, by: shift).map { Rounding.down($0, dividedBy: ticks) } }
        return Rounding.scaled(ticks, by: -shift).map { Rounding.down(worth, dividedBy: $0) }
    }
}
