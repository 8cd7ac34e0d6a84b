import CMarginKernels

/// What an option costs, to ask which volatility that means.
///
/// ```
/// let quote = OptionQuote(isCall: true, forward: 100, strike: 110, years: 0.25, price: 2.5)
/// let volatility = try quote.impliedVolatility
/// ```
///
/// Every price that is not below the intrinsic value and below the bound has a volatility, however far out: the price of
/// the out-of-the-money option of the same strike is formed without loss, and the search (``DeviationSearch``) works on
/// its logarithm, or on that of what is missing to the bound.
///
/// Accuracy, for the numbers as given, against mpmath with 60 digits: see docs/pricing.md.
public struct OptionQuote: Equatable, Sendable {
    public var isCall: Bool
    /// Dollars.
    public var forward: Double
    /// Dollars.
    public var strike: Double
    /// Time to expiry in years of 365 days.
    public var years: Double
    /// Undiscounted dollars: the price paid today over the discount factor. Of an inverse option: coin times forward.
    public var price: Double

    public init(isCall: Bool, forward: Double, strike: Double, years: Double, price: Double) {
        self.isCall = isCall
        self.forward = forward
        self.strike = strike
        self.years = years
        self.price = price
    }

    /// The Black-76 volatility, 0 at the intrinsic value.
    public var impliedVolatility: Double {
        get throws(ImpliedVolatilityFault) { try impliedDeviation / years.squareRoot() }
    }

    /// `σ√τ`.
    var impliedDeviation: Double {
        get throws(ImpliedVolatilityFault) { try search()?.deviation().deviation ?? 0 }
    }

    /// What is to be searched; nil at the intrinsic value.
    func search() throws(ImpliedVolatilityFault) -> DeviationSearch? {
        try check()
        let sign: Double = isCall ? 1 : -1
        let bound = isCall ? forward : strike
        guard price < bound else { throw .notBelowBound(price: price, bound: bound) }
        let timeValue = self.timeValue
        guard timeValue >= 0 else {
            throw .belowIntrinsic(price: price, intrinsic: sign * (forward - strike))
        }
        guard timeValue > 0 else { return nil }
        // Of the option out of the money, whose bound is the smaller of forward and strike; put-call parity leaves
        // what is missing to the bound as it is.
        let least = min(forward, strike)
        return DeviationSearch(
            curve: PriceCurve(moneyness: abs(LogRatio.value(forward, strike))), price: timeValue / least,
            logPrice: LogRatio.value(timeValue, least), rest: (bound - price) / least)
    }

    /// The price less the intrinsic value, rounded once.
    private var timeValue: Double {
        let (high, low) = isCall ? (forward, strike) : (strike, forward)
        guard high > low else { return price }
        // high − low = intrinsic + error exactly (O. Møller, D. E. Knuth: the sum of two and its rounding error).
        let intrinsic = high - low
        let part = high - intrinsic
        let error = (high - (intrinsic + part)) + (part - low)
        return (price - intrinsic) - error
    }

    private func check() throws(ImpliedVolatilityFault) {
        guard forward > 0, forward < .infinity else { throw .badNumber("forward") }
        guard strike > 0, strike < .infinity else { throw .badNumber("strike") }
        guard years > 0, years < .infinity else { throw .badNumber("years") }
        guard price >= 0, price < .infinity else { throw .badNumber("price") }
    }
}
