import MarginDomain

/// Charges on balances that no row covers, in quanta.
enum BalanceCharges {
    /// `⌈rate·max(0, equity)⌉` of one stablecoin.
    static func stablecoin(_ equity: Double, rate: Double) -> Double { equity > 0 ? (rate * equity).roundedUp : 0 }

    /// Haircut of other collateral worth `value` quanta (negative = owed), with `extra` added to every rate.
    static func haircut(
        _ value: Double, _ parameters: CollateralParameters, extra: Double, quantaPerDollar: Double
    ) -> Double {
        if value < 0 { return ((parameters.liabilityHaircut + extra) * -value).roundedUp }
        var below = 0.0
        var charge = 0.0
        for (place, tier) in parameters.tiers.enumerated() {
            let bound = place == parameters.tiers.count - 1 ? .infinity : tier.bound * quantaPerDollar
            let part = (value < bound ? value : bound) - below
            guard part > 0 else { break }
            charge += (tier.haircut + extra) * part
            below = bound
        }
        return charge.roundedUp
    }
}
