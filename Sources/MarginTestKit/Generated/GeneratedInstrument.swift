import MarginDomain

/// An instrument of the generated exchange, with what is needed to quote it.
struct GeneratedInstrument {
    let listing: InstrumentListed
    let underlying: GeneratedAsset
    let settlement: GeneratedAsset

    var id: InstrumentID { listing.instrument }
    var isOption: Bool { listing.optionType != .none }

    var isInverse: Bool {
        switch listing.kind {
        case .inversePerpetual, .inverseFuture, .inverseOption: true
        case .linearPerpetual, .linearFuture, .linearOption: false
        }
    }

    /// Years to expiry; 0 for perpetuals.
    func years(at time: Timestamp) -> Double {
        listing.expiry == .zero ? 0 : max(0, (listing.expiry - time).inSeconds) / 31_536_000
    }

    /// A fair price in the unit in which it is quoted, from an index of `spot`.
    func fairPrice(spot: Double, volatility: Double, at time: Timestamp) -> Double {
        let tau = years(at: time)
        let forward = spot * (1 + 0.05 * tau)
        guard isOption else { return forward }
        let strike = Double(listing.strike.ticks) * Exponent(underlying.priceExponent).scale
        let intrinsic = listing.optionType == .call ? forward - strike : strike - forward
        // The at-the-money value, fading with the distance from the strike: plausible, and free of logarithms.
        let atTheMoney = 0.4 * forward * volatility * tau.squareRoot()
        let distance = atTheMoney > 0 ? (forward - strike).magnitude / atTheMoney : 100
        let value = max(0, intrinsic) + atTheMoney / (1 + distance * distance)
        return isInverse ? value / forward : value
    }

    /// A price in ticks, at least one.
    func ticks(_ price: Double) -> Price {
        Price(max(1, Int64((price / listing.priceExponent.scale).rounded())))
    }

    /// Lots of about `dollars` of notional, at least one.
    func lots(worth dollars: Double, spot: Double) -> Quantity {
        let unit = isInverse && !isOption ? 1 : spot
        return Quantity(max(1, Int64((dollars / (unit * listing.quantityExponent.scale)).rounded())))
    }
}

/// An account of the generated exchange.
struct GeneratedAccount: Equatable {
    let id: AccountID
    let owner: OwnerID
    let pool: PoolID
    /// What it came with, in dollars: the scale of everything it does.
    let wealth: Double
}
