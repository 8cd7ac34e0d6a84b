extension Instrument {
    /// What `quantity` is worth when the instrument settles at `price` of its underlying, in the settlement asset.
    ///
    /// Options: `q·max(0, ±(P − K))·lot`, divided by `P` for inverse ones, rounded down. Futures: as if sold at `P`,
    /// rounded half to even to the instrument's tick first; what they cost is for the caller to take off.
    ///
    /// - Precondition: `price` is positive and the instrument is not a perpetual.
    public func settlementAmount(of quantity: Quantity, at price: Price, of underlying: Asset) -> Balance {
        switch contract {
        case .perpetual: preconditionFailure("perpetuals do not settle")
        case .future:
            let shift = Int(underlying.priceExponent.power) - Int(priceExponent.power)
            let ticks =
                shift >= 0
                ? Int128(price.ticks) * PowerOfTen.integer(shift)
                : Rounding.halfToEven(Int128(price.ticks), times: 0, dividedBy: PowerOfTen.integer(-shift))
            return cost(of: quantity, at: Price(Int64(clamping: max(ticks, 1))))
        case .option(let settlement, let type, let strike, _):
            let difference = Int128(price.ticks) - Int128(strike.ticks)
            let intrinsic = max(0, type == .call ? difference : -difference)
            let lots = Int128(quantity.lots)
            switch settlement {
            case .linear:
                let power = Int(quantityExponent.power) + Int(underlying.priceExponent.power)
                return Balance(Rounding.down(lots * intrinsic, from: power, to: Int(moneyExponent.power)))
            case .inverse:
                let shift = Int(quantityExponent.power) - Int(moneyExponent.power)
                let ticks = Int128(price.ticks)
                return shift >= 0
                    ? Balance(
                        Rounding.down(lots * intrinsic * PowerOfTen.integer(shift), dividedBy: ticks))
                    : Balance(
                        Rounding.down(lots * intrinsic, dividedBy: ticks * PowerOfTen.integer(-shift)))
            }
        }
    }
}
