import CMarginKernels

/// Finds the standard deviation at which a ``PriceCurve`` has a given price.
///
/// A function of the price that is nearly straight is solved by Householder's method of third order (four times the right
/// digits a step), inside a bracket that narrows and is halved whenever a step would leave it:
///
/// - `1/ln y` below the inflection: far out, `ln y ≈ −x²/(2s²)`;
/// - `y` itself above it, up to two fifths of the bound;
/// - `ln(1 − y)` beyond.
///
/// The three objectives and Householder's method are those of P. Jäckel, *Let's Be Rational*, Wilmott 75 (2015); the first
/// guesses are simpler than his and cost a step or two.
struct DeviationSearch {
    let curve: PriceCurve
    /// `y`, 0 if it is below every number; then `ln y` counts.
    let price: Double
    /// `ln y`.
    let logPrice: Double
    /// `1 − y`.
    let rest: Double

    /// What is solved for.
    private enum Objective {
        case reciprocalLog
        case price
        case logRest
    }

    /// `s`, and how many evaluations it took.
    func deviation() -> (deviation: Double, evaluations: Int) {
        let objective: Objective
        var guess: Double
        let inflection = curve.inflection
        let atInflection = inflection > 0 ? Self.density * curve.point(inflection).price : 0
        // y′ ≤ φ(0) everywhere: s is at least this.
        let least = price / Self.density
        var bracket = (low: 0.999 * least, high: Double.infinity)
        if price <= atInflection {
            objective = .reciprocalLog
            bracket.high = inflection
            guess = guessBelow(least: least)
        } else {
            objective = price > 0.4 ? .logRest : .price
            bracket.low = max(bracket.low, inflection)
            guess = price > 0.4 ? guessBeyond() : inflection + (price - atInflection) / Self.density
        }
        var evaluations = 0
        while evaluations < 100 {
            evaluations += 1
            let (isBelow, step) = step(objective, at: guess)
            if isBelow { bracket.low = guess } else { bracket.high = guess }
            var next = guess + step
            if !(next >= bracket.low && next <= bracket.high) { next = Self.middle(bracket) }
            let moved = abs(next - guess)
            guess = next
            // The next step would be its fourth power.
            if moved <= 1e-6 * guess || moved < Double.leastNormalMagnitude { break }
        }
        return (guess, evaluations)
    }

    /// Whether `s` is too small, and Householder's step from there.
    private func step(_ objective: Objective, at deviation: Double) -> (isBelow: Bool, step: Double) {
        let point = curve.point(deviation)
        let bend = point.bend
        let newton: Double
        // Second and third derivative over the first.
        let second: Double
        let third: Double
        let isBelow: Bool
        switch objective {
        case .price:
            let ratio = point.price
            newton = price / point.density - ratio
            (second, third) = (bend, bend * bend + point.bendSlope)
            isBelow = newton > 0
        case .reciprocalLog:
            let ratio = point.price
            let miss = Self.logarithm(price, logPrice, over: ratio) - point.logDensity
            let slope = 1 / ratio
            let log = logPrice - miss
            let over = slope / log
            let logSecond = bend - slope
            let logThird = logSecond * logSecond + point.bendSlope - slope * logSecond
            newton = (log / logPrice) * miss * ratio
            second = logSecond - 2 * over
            third = logThird - 6 * over * logSecond + 6 * over * over
            isBelow = miss > 0
        case .logRest:
            let ratio = point.rest
            newton = (point.logDensity - mk_logarithm(rest / ratio)) * ratio
            let slope = -1 / ratio
            second = bend - slope
            third = second * second + point.bendSlope - slope * second
            isBelow = newton > 0
        }
        let numerator = 1 + 0.5 * second * newton
        let denominator = 1 + newton * (second + third * newton / 6)
        return (isBelow, newton * (numerator / denominator))
    }

    /// `ln(y/r)`, of the quotient where it is a normal number: near the money both are small, and their logarithms large.
    private static func logarithm(_ price: Double, _ logPrice: Double, over ratio: Double) -> Double {
        // A price below the normal numbers has lost digits; its logarithm has not.
        let isPrecise = price >= Double.leastNormalMagnitude && price / ratio >= Double.leastNormalMagnitude
        return isPrecise ? mk_logarithm(price / ratio) : logPrice - mk_logarithm(ratio)
    }

    /// Below the inflection: `ln y = −d²/2 − ln√2π + ln(y/y′)`, where the last term changes least.
    private func guessBelow(least: Double) -> Double {
        var square = -2 * logPrice - 1.8378770664093454
        var guess = least
        for _ in 0..<3 {
            guard square > 0 else { break }
            let d = square.squareRoot()
            guess = curve.moneyness / (0.5 * (d + (square + 2 * curve.moneyness).squareRoot()))
            square = -2 * (logPrice + 0.9189385332046728 - mk_logarithm(curve.point(guess).price))
        }
        return max(guess, least)
    }

    /// Beyond two fifths of the bound: `1 − y = N(d)·(1 + M(t + a)/M(t − a))`, first with the largest quotient, then with its own.
    private func guessBeyond() -> Double {
        var share = 0.5
        var guess = 0.0
        for _ in 0..<2 {
            let d = Self.quantile(rest * share)
            guess = d + (d * d + 2 * curve.moneyness).squareRoot()
            let point = curve.point(guess)
            share = MillsRatio.value(point.half - point.outside) / point.rest
        }
        return guess
    }

    /// `z` with `N(−z) ≈ p ≤ ½`, absolute error below 4.5e-4: M. Abramowitz, I. A. Stegun, *Handbook of Mathematical
    /// Functions* (1964), 26.2.23.
    private static func quantile(_ p: Double) -> Double {
        let t = (-2 * mk_logarithm(p)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        return max(0, t - numerator / denominator)
    }

    /// Between the ends of a bracket: of their exponents while they are far apart.
    private static func middle(_ bracket: (low: Double, high: Double)) -> Double {
        guard bracket.high < .infinity else { return 2 * bracket.low }
        let isWide = bracket.low > 0 && bracket.high > 4 * bracket.low
        return isWide ? (bracket.low * bracket.high).squareRoot() : 0.5 * (bracket.low + bracket.high)
    }

    /// `φ(0)`.
    private static let density = 0.3989422804014327
}
