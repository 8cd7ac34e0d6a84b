extension Instrument {
    /// What a position of `quantity` costs at `price`, in the settlement asset; positive = paid by the buyer. Nil if no
    /// ledger entry could hold it, or an inverse future's price is not positive.
    ///
    /// Linear contracts and all options: quantity × price, exact by the listing rule. Inverse futures and perpetuals
    /// are worth `−1/price` coin a contract, rounded half to even to the coin's smallest unit. The rounding is
    /// symmetric in the sign of `quantity`, so that the two sides of a trade cancel to the unit.
    public func cost(of quantity: Quantity, at price: Price) -> Balance? {
        let lots = Int128(quantity.lots)
        let units =
            isInverseFuture
            ? inverseCost(of: lots, at: price) : Rounding.scaled(lots * Int128(price.ticks), by: costShift)
        return units.flatMap { Balance($0).money }.map { Balance($0) }
    }

    /// `−q·10^qe / (p·10^pe)` coin `= −q·10^(qe − pe − me) / p` units.
    private func inverseCost(of lots: Int128, at price: Price) -> Int128? {
        guard price > .zero else { return nil }
        let shift = Int(quantityExponent.power) - Int(priceExponent.power) - Int(moneyExponent.power)
        guard let scaled = Rounding.scaled(shift >= 0 ? lots : Int128(price.ticks), by: abs(shift)) else { return nil }
        return shift >= 0
            ? Rounding.halfToEven(-scaled, times: 0, dividedBy: Int128(price.ticks))
            : Rounding.halfToEven(-lots, times: 0, dividedBy: scaled)
    }

    /// Power of ten between a tick times a lot and the settlement asset's smallest unit.
    var costShift: Int { Int(priceExponent.power) + Int(quantityExponent.power) - Int(moneyExponent.power) }
}
