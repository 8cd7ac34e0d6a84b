import CMarginKernels
import MarginDomain

/// What options of one expiry are valued on, in dollars and years.
struct ExpiryCurve {
    let spot: Double
    let forward: Double
    /// Part of the forward that a settlement average has fixed.
    let settled: Double
    /// `τ`.
    let years: Double
    let rate: Double

    /// With the parameters' shocks, for the kernel.
    func terms(_ parameters: ParameterSet, halfSteps: Bool) -> mk_expiry {
        var terms = mk_expiry()
        terms.spot = spot
        terms.forward = forward
        terms.settled = settled
        terms.discount = mk_exponential(-(rate * years))
        terms.root_time = years.squareRoot()
        terms.fee_rate = parameters.addOns.liquidationFee
        terms.skew_cap = parameters.addOns.skewCap
        let width = parameters.addOns.skewWidth * terms.root_time
        terms.skew_width = width > parameters.addOns.skewWidthMin ? width : parameters.addOns.skewWidthMin
        terms.half_steps = halfSteps ? 1 : 0
        VolatilityShocks(parameters.scan, days: years * 365).fill(&terms)
        return terms
    }
}
