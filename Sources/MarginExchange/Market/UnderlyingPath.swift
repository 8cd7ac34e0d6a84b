private import Glibc

/// Where one underlying is: everyday moves with a volatility that wanders, and the crash on top.
struct UnderlyingPath: Sendable {
    let terms: UnderlyingTerms
    /// Logarithm of spot over its start, without the crash.
    private var logDrift = 0.0
    /// Logarithm of the everyday volatility over its level at rest.
    private var logLevel = 0.0
    /// Mark of the perpetual over spot, as a fraction, without fear.
    private var premium = 0.0
    private var logCrash = 0.0
    private(set) var stress = 0.0

    init(_ terms: UnderlyingTerms) { self.terms = terms }

    /// Dollars.
    var spot: Double { terms.spot * exp(logDrift + logCrash) }

    /// Dollars; in fear perpetuals trade below spot.
    var perpetualMark: Double { spot * (1 + premium - 0.004 * stress) }

    /// Dollars, for delivery in `years`; in fear the basis turns.
    func forward(years: Double) -> Double { spot * exp(terms.basisPerYear * (1 - 1.5 * stress) * max(years, 0)) }

    /// Today's implied volatilities.
    var smile: VolatilitySmile {
        VolatilitySmile(atRest: terms.volatility, level: exp(0.5 * logLevel), stress: stress)
    }

    /// One step of market time.
    ///
    /// - Parameters:
    ///   - years: market time that passes.
    ///   - common: the whole market's shock; own, level and premium are this underlying's; all of mean 0, deviation 1.
    mutating func move(
        years: Double, common: Double, own: Double, levelShock: Double, premiumShock: Double, crash: Double,
        stress: Double
    ) {
        let loading = terms.marketLoading
        let shock = loading * common + (1 - loading * loading).squareRoot() * own
        let root = years.squareRoot()
        logDrift += terms.volatility * exp(logLevel) * root * shock
        // The level returns in about two days, and rises when prices fall.
        let pull = min(years * 365 / 2, 1)
        logLevel += -pull * logLevel + 1.5 * root * (0.8 * levelShock - 0.6 * shock)
        premium = 0.95 * premium + 0.00005 * premiumShock
        logCrash = crash * terms.crashBeta
        self.stress = stress
    }
}
