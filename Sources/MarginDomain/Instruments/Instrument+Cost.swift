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

    /// What an order would cost if all of it filled; nil where no amount of money on the bus could say so.
    ///
    /// As ``cost(of:at:)``, for terms that nobody has traded at yet and that may be absurd. A price that is not
    /// positive has no cost.
    public func orderCost(of quantity: Quantity, at price: Price) -> Balance? {
        guard price > .zero else { return nil }
        if isInverseFuture {
            let shift = Int(quantityExponent.power) - Int(priceExponent.power) - Int(moneyExponent.power)
            guard shift.magnitude <= 37 else { return nil }
            let scaled = Int128(shift >= 0 ? quantity.lots : price.ticks)
                .multipliedReportingOverflow(by: PowerOfTen.integer(Int(shift.magnitude)))
            guard !scaled.overflow, scaled.partialValue.magnitude <= UInt128(Int128.max) >> 2 else { return nil }
        } else {
            let product = Int128(quantity.lots) * Int128(price.ticks)
            guard !product.multipliedReportingOverflow(by: PowerOfTen.integer(costShift)).overflow else { return nil }
        }
        let cost = cost(of: quantity, at: price)
        return Int64(exactly: cost.units) == nil ? nil : cost
    }

    /// Power of ten between a tick times a lot and the settlement asset's smallest unit.
    var costShift: Int { Int(priceExponent.power) + Int(quantityExponent.power) - Int(moneyExponent.power) }
}
