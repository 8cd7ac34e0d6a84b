import CMarginKernels

/// The volatilities of one expiry as a curve of five numbers: Gatheral's *stochastic volatility inspired* slice, raw form.
///
///     w(k) = a + b·(ρ·(k − m) + √((k − m)² + σ²)),   k = ln(K/F)
///
/// is the total variance, volatility squared times years. `F` and the years are those at which the slice was published.
/// Wings are straight: `w` falls with slope `−b·(1 − ρ)` on the left, where puts are, and rises with `b·(1 + ρ)` on the
/// right. Whether the prices that follow can be arbitraged, ``butterflyArbitrage`` and ``calendarArbitrage(after:)`` say.
///
/// Source: J. Gatheral, A. Jacquier, *Arbitrage-free SVI volatility surfaces*, Quantitative Finance 14(1), 2014 (G&J),
/// §3.1, equation 3.1.
public struct SVISlice: Equatable, Sendable {
    /// Level; may be negative.
    public let a: Double
    /// Half of what the slopes of both wings add up to.
    public let b: Double
    /// Between −1 and 1: how much of the slopes the call wing has.
    public let rho: Double
    /// Where the slice is centred, in log-moneyness.
    public let m: Double
    /// How wide the bend between the wings is; not a volatility.
    public let sigma: Double
    /// Reference forward in dollars: moneyness is measured against it.
    public let forward: Double
    /// Reference time to expiry, years of 365 days.
    public let years: Double

    /// - Throws: what is not finite or out of range; a total variance that is not positive everywhere; a wing so steep
    ///   that no martingale has it. All three are necessary for any use of the slice; they do not suffice (``butterflyArbitrage``).
    public init(
        a: Double, b: Double, rho: Double, m: Double, sigma: Double, forward: Double, years: Double
    ) throws(SVIFault) {
        guard abs(a) <= Self.magnitudeMax else { throw .badNumber("a") }
        guard b >= 0, b <= Self.magnitudeMax else { throw .badNumber("b") }
        guard rho > -1, rho < 1 else { throw .badNumber("rho") }
        guard abs(m) <= Self.magnitudeMax else { throw .badNumber("m") }
        guard sigma >= 1 / Self.magnitudeMax, sigma <= Self.magnitudeMax else { throw .badNumber("sigma") }
        guard forward > 0, forward < .infinity else { throw .badNumber("forward") }
        guard years > 0, years < .infinity else { throw .badNumber("years") }
        (self.a, self.b, self.rho, self.m, self.sigma) = (a, b, rho, m, sigma)
        (self.forward, self.years) = (forward, years)
        guard leastTotalVariance > 0 else { throw .noVariance(least: leastTotalVariance) }
        // In a wing where w ≈ βk the density's sign tends to (4 − β²)/16. R. Lee, The moment formula for implied volatility
        // at extreme strikes, Mathematical Finance 14(3), 2004. At exactly 2 call prices do not vanish.
        for wing in Wing.allCases {
            guard slope(of: wing) < 2 else { throw .steepWing(wing, slope: slope(of: wing)) }
        }
    }

    /// Lengths in log-moneyness and variances beyond this, and a bend narrower than its reciprocal, are absurd.
    private static let magnitudeMax = 1e6

    /// `w(k)`.
    public func totalVariance(_ k: Double) -> Double {
        let x = k - m
        return a + b * (rho * x + (x * x + sigma * sigma).squareRoot())
    }

    /// The least `w` of all strikes: `a + bσ√(1 − ρ²)`.
    public var leastTotalVariance: Double { a + b * sigma * (1 - rho * rho).squareRoot() }

    /// The Black-76 volatility of a strike in dollars.
    ///
    /// - Precondition: the strike is positive.
    public func volatility(strike: Double) -> Double {
        precondition(strike > 0, "a strike is positive")
        return (totalVariance(LogRatio.value(strike, forward)) / years).squareRoot()
    }

    /// How fast `w` rises towards the end of a wing, per unit of `|k|`.
    public func slope(of wing: Wing) -> Double {
        switch wing {
        case .put: b * (1 - rho)
        case .call: b * (1 + rho)
        }
    }

    /// One end of a slice.
    public enum Wing: String, CaseIterable, Sendable {
        /// Low strikes.
        case put
        /// High strikes.
        case call
    }
}
