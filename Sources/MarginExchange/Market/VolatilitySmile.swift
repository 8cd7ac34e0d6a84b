private import Glibc

/// Implied volatility over strikes and expiries: a term structure, a skew that steepens in fear, and wings.
///
/// Fear lifts short expiries most: at full stress volatility at a week about doubles, at half a year it gains a fifth.
struct VolatilitySmile: Sendable {
    /// At the money at rest, annualised.
    let atRest: Double
    /// Everyday drift of the level, as a factor around 1.
    let level: Double
    /// From 0 to 1.
    let stress: Double

    /// Annualised implied volatility, between 5 % and 400 %.
    func volatility(strike: Double, forward: Double, years: Double) -> Double {
        let days = max(years * 365, 0.5)
        let fear = 1 + stress * 1.2 * pow(7 / max(days, 7), 0.5)
        // Calm markets price the near future below the far one.
        let term = 1 - 0.15 * exp(-days / 30)
        let center = atRest * level * fear * term
        let deviation = center * max(years, 1.0 / 365).squareRoot()
        let distance = min(max(log(strike / forward) / deviation, -4), 4)
        let skew = -(0.04 + 0.05 * stress) * distance
        let wings = 0.025 * distance * distance
        return min(max(center * (1 + skew + wings), 0.05), 4)
    }
}
