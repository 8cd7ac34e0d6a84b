import CMarginKernels
import MarginDomain

/// What the volatility shapes do to an expiry: factors on its volatilities.
struct VolatilityShocks: Equatable, Sendable {
    /// In the order of `VolatilityShape`.
    let factors: [Double]
    /// Least shocked-up volatility; 0 beyond 30 days.
    let floor: Double
    /// Up to 30 days the steep shapes are the flat ones.
    let steepIsFlat: Bool

    init(_ scan: ParameterSet.Scan, days: Double) {
        steepIsFlat = days <= 30
        func size(_ power: Double) -> Double { mk_exponential(power * mk_logarithm(30 / (days > 1 ? days : 1))) }
        func up(_ size: Double) -> Double { 1 + scan.volUp * size }
        func down(_ size: Double) -> Double {
            let factor = 1 - scan.volDown * size
            return factor > 0 ? factor : 0
        }
        let flat = size(steepIsFlat ? scan.shortPower : scan.longPowerFlat)
        let steep = size(steepIsFlat ? scan.shortPower : scan.longPowerSteep)
        factors = [1, up(flat), up(steep), down(flat), down(steep)]
        floor = steepIsFlat ? scan.volatilityFloor : 0
    }

    func fill(_ terms: inout mk_expiry) {
        terms.shape = (factors[0], factors[1], factors[2], factors[3], factors[4])
        terms.floor = floor
        terms.steep_is_flat = steepIsFlat ? 1 : 0
    }
}
