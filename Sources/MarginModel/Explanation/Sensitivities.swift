import CMarginKernels
import MarginDomain

/// Value and sensitivities of one unit of a contract, unshocked, in dollars.
struct Sensitivities: Equatable {
    var value = 0.0
    /// `dV/dS` with forwards and marks moving along, in units of the underlying.
    var delta = 0.0
    /// `d(delta)/dS`, units per dollar.
    var gamma = 0.0
    /// Dollars per volatility point (0.01).
    var vega = 0.0
    /// Dollars per day of 1/365 year.
    var theta = 0.0
    /// Dollars per 1 % of the discount rate, at a fixed forward.
    var rho = 0.0

    static func + (left: Sensitivities, right: Sensitivities) -> Sensitivities {
        Sensitivities(
            value: left.value + right.value, delta: left.delta + right.delta, gamma: left.gamma + right.gamma,
            vega: left.vega + right.vega, theta: left.theta + right.theta, rho: left.rho + right.rho)
    }

    static func * (size: Double, unit: Sensitivities) -> Sensitivities {
        Sensitivities(
            value: size * unit.value, delta: size * unit.delta, gamma: size * unit.gamma, vega: size * unit.vega,
            theta: size * unit.theta, rho: size * unit.rho)
    }

    /// A perpetual or future. An inverse one keeps its dollars as spot and mark move alike; its coin is a balance.
    static func marked(_ settlement: Instrument.Settlement, mark: Double, spot: Double) -> Sensitivities {
        settlement == .inverse ? Sensitivities(value: -(spot / mark)) : Sensitivities(value: mark, delta: mark / spot)
    }

    /// What an option is valued on.
    struct Option {
        let isCall: Bool
        let settlement: Instrument.Settlement
        let strike: Double
        let volatility: Double
        let spot: Double
        let forward: Double
        /// `τ` in years.
        let years: Double
        let rate: Double
    }

    /// An option. `Φ/S` and its derivatives, with `F/S` constant.
    static func option(_ option: Option) -> Sensitivities {
        let (forward, strike, years) = (option.forward, option.strike, option.years)
        let sign: Double = option.isCall ? 1 : -1
        let root = years.squareRoot()
        let deviation = option.volatility * root
        let logMoneyness = mk_logarithm(forward / strike)
        let black = mk_black(sign, forward, strike, logMoneyness, deviation)
        // Linear money is discounted; inverse money is S/F, whose product with F is S.
        let money = option.settlement == .linear ? mk_exponential(-(option.rate * years)) : option.spot / forward
        var unit = Sensitivities(value: money * black)
        guard deviation > 1e-12 else {
            let exercise: Double = sign * (forward - strike) > 0 ? sign : 0
            unit.delta = money * forward * exercise / option.spot
            return unit
        }
        // The value does not mind how d₁ rounds; near the money and expiry the rest does.
        let d1 = LogRatio.value(forward, strike) / deviation + 0.5 * deviation
        let density = mk_density(d1)
        unit.delta = money * forward * (sign * mk_normal(sign * d1)) / option.spot
        unit.gamma = money * forward * density / (deviation * option.spot * option.spot)
        unit.vega = money * forward * density * root / 100
        unit.theta = -(money * forward * density * option.volatility) / (2 * root) / 365
        guard option.settlement == .linear else { return unit }
        unit.theta += option.rate * unit.value / 365
        unit.rho = -(years * unit.value) / 100
        return unit
    }
}
