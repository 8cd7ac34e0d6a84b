internal import CMarginKernels
internal import MarginModel

/// An option that an account holds, beside its market.
struct OptionPosition {
    var terms: MarginCase.Option
    let expiry: MarginCase.Expiry
    /// Index price of the underlying, in dollars.
    let spot: Double

    /// - Throws: that its market or its expiry is missing.
    init(_ terms: MarginCase.Option, in question: MarginCase) throws(MethodFault) {
        let market = try question.market(of: terms.underlying)
        self.terms = terms
        expiry = try market.neededExpiry(in: terms.secondsToExpiry)
        spot = market.spot
    }

    /// Such as `BTC-864000-60000-C`, by its seconds to expiry.
    var name: String {
        let parts = [terms.secondsToExpiry, terms.strike].map(MethodText.number)
        return "\(terms.underlying)-\(parts[0])-\(parts[1])-\(terms.isCall ? "C" : "P")"
    }

    /// The coin that an inverse option settles in, else the numeraire.
    var currency: String { terms.isInverse ? terms.underlying : Account.numeraire }

    var years: Double { expiry.years }
    var days: Double { expiry.days }

    /// Undiscounted Black value of one unit, in dollars of the forward.
    ///
    /// - Parameters:
    ///   - factor: of the part of the forward that still moves; 1 = no move.
    ///   - volatility: nil = its own.
    func black(times factor: Double = 1, volatility: Double? = nil) -> Double {
        terms.unitValue(
            forward: expiry.forward(times: factor), volatility: volatility ?? terms.impliedVolatility, years: years)
    }

    /// Coin of one unit of an inverse option: the Black value over the forward.
    func coin(times factor: Double = 1, volatility: Double? = nil) -> Double {
        black(times: factor, volatility: volatility) / expiry.forward(times: factor)
    }

    /// Dollars of the position: `size·spot/F·Black` if inverse, else discounted.
    var value: Double {
        if terms.isInverse { return terms.size * spot * coin() }
        return terms.size * Black76.discount(rate: expiry.rate, years: years) * black()
    }

    /// `±N(±d1)` of one unit on the forward, between −1 and 1.
    var forwardDelta: Double { delta(forward: expiry.forward, years: years) }

    /// The same at another forward and time; by moneyness where there is no lognormal distribution.
    func delta(forward: Double, years: Double) -> Double {
        let sign = terms.right.sign
        let deviation = terms.impliedVolatility * years.squareRoot()
        let ratio = forward / terms.strike
        guard deviation > Black76.deviationMin, ratio >= .leastNormalMagnitude, ratio < .infinity else {
            return sign * (forward - terms.strike) > 0 ? sign : 0
        }
        return sign * mk_normal(sign * (mk_logarithm(ratio) / deviation + 0.5 * deviation))
    }

    /// The share of the forward that still moves.
    var movingShare: Double { 1 - expiry.settledForward / expiry.forward }
}
