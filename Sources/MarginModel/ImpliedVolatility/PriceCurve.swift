import CMarginKernels

/// The price of an out-of-the-money option, as a fraction `y` of the most it can be worth, over its standard deviation
/// `s = σ√τ`.
///
/// With `x = |ln(F/K)|`, `a = x/s`, `t = s/2` and `d = a − t` the Black-76 value over the smaller of forward and strike is
///
///     y = N(−d) − e^(2at)·N(−(a + t)) = φ(d)·[M(a − t) − M(a + t)],   1 − y = φ(d)·[M(t − a) + M(t + a)],
///
/// with the Mills ratio `M`. The bracket is `y/y′`, because `y′ = φ(d)`; and `y″/y′ = (a² − t²)/s`. So the curve bends
/// upwards below its inflection at `a = t`, `s = √(2x)`, and downwards above. Derived here from Black-76; the split at the
/// inflection is that of P. Jäckel, *Let's Be Rational*, Wilmott 75 (2015).
struct PriceCurve {
    /// `x`, not negative.
    let moneyness: Double

    /// `s` of the inflection.
    var inflection: Double { (2 * moneyness).squareRoot() }

    /// The curve at one `s > 0`.
    func point(_ deviation: Double) -> Point {
        Point(outside: moneyness / deviation, half: 0.5 * deviation, deviation: deviation)
    }

    struct Point {
        /// `a`.
        let outside: Double
        /// `t`.
        let half: Double
        /// `s`.
        let deviation: Double

        /// `ln φ(d)`.
        var logDensity: Double {
            let d = outside - half
            return -0.5 * (d * d) - 0.9189385332046728
        }

        /// `φ(d)`.
        var density: Double {
            let d = outside - half
            return mk_density(d)
        }

        /// `y″/y′`.
        var bend: Double { (outside * outside - half * half) / deviation }

        /// The derivative of `y″/y′`.
        var bendSlope: Double { -3 * (outside / deviation) * (outside / deviation) - 0.25 }

        /// `y/y′ = M(a − t) − M(a + t)`.
        var price: Double {
            if half < 0.5, outside * half < 1 { return series }
            guard outside < half else { return MillsRatio.value(outside - half) - MillsRatio.value(outside + half) }
            // M(−z) = √2π·exp(z²/2) − M(z).
            let d = half - outside
            return 2.5066282746310007 * mk_exponential(0.5 * (d * d)) - rest
        }

        /// `(1 − y)/y′ = M(t − a) + M(t + a)`, at or above the inflection.
        var rest: Double { MillsRatio.value(half - outside) + MillsRatio.value(half + outside) }

        /// `y/y′` where the difference would lose its digits: `2·Σ tⁿ·Jₙ(a)/n!` over odd `n`.
        ///
        /// `Jₙ(a) = ∫₀^∞ uⁿ·exp(−au − u²/2) du`, so `J₀ = M(a)`, `J₁ = −M′(a)`, `Jₙ₊₁ = n·Jₙ₋₁ − a·Jₙ` (by parts). What
        /// the recurrence loses grows like `exp(at)`, here at most by a factor of three.
        private var series: Double {
            let square = half * half
            let product = outside * half
            // tⁿ·Jₙ/n! for an even n, then for the odd one after it.
            var even = MillsRatio.value(outside)
            var odd = half * MillsRatio.fall(outside)
            var sum = odd
            var n = 2.0
            while n < 40 {
                even = (square * even - product * odd) / n
                odd = (square * odd - product * even) / (n + 1)
                sum += odd
                n += 2
                if odd < 1e-18 * sum { break }
            }
            return 2 * sum
        }
    }
}
