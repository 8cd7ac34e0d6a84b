import CMarginKernels

/// Shocks and charges of one underlying, as docs/margin-model.md has them.
struct CornerRules {
    var range = 0.16
    var tails = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]
    var window: Int32 = 1
    var volUp = 0.6
    var volDown = 0.3
    var volatilityFloor = 0.5
    var skewCap = 0.2
    var feeRate = 0.001
    var basisFloor = 0.005
    var basisPerYear = 0.05
    var nakedMaintenance = 0.003
    var nakedInitial = 0.005
    var deltaGross = 0.01
    var deltaNet = 0.01
    var kappa = 0.8
    var hasHalfSteps = false

    /// Without charges and shapes every form is as sharp as it can be.
    static var bare: CornerRules {
        var rules = CornerRules()
        (rules.volUp, rules.volDown, rules.volatilityFloor, rules.skewCap, rules.feeRate) = (0, 0, 0, 0, 0)
        (rules.basisFloor, rules.basisPerYear, rules.nakedMaintenance, rules.nakedInitial) = (0, 0, 0, 0)
        (rules.deltaGross, rules.deltaNet) = (0, 0)
        return rules
    }

    /// (30 / max(DTE, 1))^p, flat and steep.
    private func scales(days: Double) -> (flat: Double, steep: Double) {
        let ratio = mk_logarithm(30 / max(days, 1))
        return days <= 30
            ? (mk_exponential(0.30 * ratio), mk_exponential(0.30 * ratio))
            : (mk_exponential(0.13 * ratio), mk_exponential(0.70 * ratio))
    }

    func expiry(_ at: CornerExpiry, spot: Double) -> mk_expiry {
        let days = at.years * 365
        let (flat, steep) = scales(days: days)
        var expiry = mk_expiry()
        expiry.spot = spot
        expiry.forward = at.forward
        expiry.discount = mk_exponential(-(at.rate * at.years))
        expiry.root_time = at.years.squareRoot()
        expiry.shape = (
            1, 1 + volUp * flat, 1 + volUp * steep, max(0, 1 - volDown * flat), max(0, 1 - volDown * steep)
        )
        expiry.floor = days <= 30 ? volatilityFloor : 0
        expiry.skew_cap = skewCap
        expiry.skew_width = max(0.01, 2.4 * at.years.squareRoot())
        expiry.fee_rate = feeRate
        expiry.steep_is_flat = days <= 30 ? 1 : 0
        expiry.half_steps = hasHalfSteps ? 1 : 0
        return expiry
    }

    /// ½ and the largest |d ln shape / d ln τ| between two times of the same side of 30 days.
    func timeFactor(years: ClosedRange<Double>) -> Double {
        let days = years.lowerBound * 365
        let (flat, steep) = scales(days: days)
        var most = 0.0
        for (scale, power) in days <= 30 ? [(flat, 0.30)] : [(flat, 0.13), (steep, 0.70)] {
            most = max(most, volUp * power * scale / (1 + volUp * scale))
            let rest = 1 - volDown * scale
            most = max(most, rest > 0 ? volDown * power * scale / rest : .infinity)
        }
        return 0.5 + most
    }

    func basisRate(years: Double) -> Double { max(basisFloor, basisPerYear * years) }

    /// Ordinary moves, tails, half steps, weights of the tails.
    var grid: [Double] {
        let nodes = [-4, -3, -2, -1, 1, 2, 3, 4].map { Double($0) * range / 4 }
        let halves = (0..<8).map { (Double($0) - 3.5) * range / 4 }
        return nodes + tails + halves + tails.map { min(1, 0.77 * range / abs($0)) }
    }
}
