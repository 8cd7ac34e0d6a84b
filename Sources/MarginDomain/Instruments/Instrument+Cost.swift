extension Instrument {
    /// What a position of `quantity` costs at `price`, in the settlement asset; positive = paid by the buyer.
    ///
    /// Linear contracts and all options: quantity × price, exact by the listing rule. Inverse futures and perpetuals
    /// are worth `−1/price` coin a contract, rounded half to even to the coin's smallest unit. The rounding is
    /// symmetric in the sign of `quantity`, so that the two sides of a trade cancel to the unit.
    ///
    /// - Precondition: `price` is positive for inverse futures, which decoding ensures.
    public func cost(of quantity: Quantity, at price: Price) -> Balance {
        if isInverseFuture {
            precondition(price > .zero, "an inverse contract traded at a price that is not positive")
            // −q·10^qe / (p·10^pe) coin = −q·10^(qe − pe − me) / p units.
            let shift = Int(quantityExponent.power) - Int(priceExponent.power) - Int(moneyExponent.power)
            let numerator = -Int128(quantity.lots)
            let ticks = Int128(price.ticks)
            return shift >= 0
                ? Balance(Rounding.halfToEven(numerator, times: shift, dividedBy: ticks))
                : Balance(Rounding.halfToEven(numerator, times: 0, dividedBy: ticks * PowerOfTen.integer(-shift)))
        }
        return Balance(Int128(quantity.lots) * Int128(price.ticks) * PowerOfTen.integer(costShift))
    }

    /// ``cost(of:at:)`` of a trade that is only thought of; nil if no ledger entry could hold it.
    ///
    /// Facts are applied whatever their size; what somebody asks about may be refused.
    public func ledgerCost(of quantity: Quantity, at price: Price) -> Balance? {
        let powers = [Int(quantityExponent.power), Int(priceExponent.power), Int(moneyExponent.power)]
        let shift = isInverseFuture ? abs(powers[0] - powers[1] - powers[2]) : costShift
        guard price > .zero || !isInverseFuture, shift <= 37 else { return nil }
        let lots = Int128(quantity.lots)
        let scaled =
            isInverseFuture
            ? max(lots.magnitude, UInt128(price.ticks.magnitude)) : (lots * Int128(price.ticks)).magnitude
        guard !scaled.multipliedReportingOverflow(by: UInt128(PowerOfTen.integer(shift))).overflow,
            scaled * UInt128(PowerOfTen.integer(shift)) < UInt128(Int128.max)
        else { return nil }
        let cost = cost(of: quantity, at: price)
        return cost.money.map { Balance($0) }
    }

    /// Power of ten between a tick times a lot and the settlement asset's smallest unit.
    var costShift: Int { Int(priceExponent.power) + Int(quantityExponent.power) - Int(moneyExponent.power) }
}
