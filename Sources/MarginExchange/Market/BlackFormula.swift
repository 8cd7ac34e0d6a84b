private import Glibc
import MarginDomain

/// Undiscounted Black-76 on doubles, to quote options with. The engine computes its own values.
enum BlackFormula {
    /// Value of one unit in dollars.
    static func value(_ type: OptionType, forward: Double, strike: Double, volatility: Double, years: Double) -> Double
    {
        let intrinsic = max(0, type == .call ? forward - strike : strike - forward)
        let deviation = volatility * max(years, 0).squareRoot()
        guard deviation > 1e-9 else { return intrinsic }
        let upper = log(forward / strike) / deviation + deviation / 2
        let lower = upper - deviation
        let value =
            type == .call
            ? forward * normal(upper) - strike * normal(lower)
            : strike * normal(-lower) - forward * normal(-upper)
        return max(value, intrinsic)
    }

    /// Change of the value per dollar of the forward; between −1 and 1.
    static func delta(_ type: OptionType, forward: Double, strike: Double, volatility: Double, years: Double) -> Double
    {
        let deviation = volatility * max(years, 0).squareRoot()
        guard deviation > 1e-9 else {
            return type == .call ? (forward > strike ? 1 : 0) : (forward < strike ? -1 : 0)
        }
        let upper = log(forward / strike) / deviation + deviation / 2
        return type == .call ? normal(upper) : -normal(-upper)
    }

    private static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.squareRoot()) }
}
