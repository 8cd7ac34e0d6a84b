internal import CMarginKernels

/// Value of a European option on a forward, after Black (1976), "The pricing of commodity contracts":
///
///     d1 = ln(F/K)/sd + sd/2,  d2 = d1 − sd,  sd = σ√τ
///     call = D·(F·N(d1) − K·N(d2)),  put = D·(K·N(−d2) − F·N(−d1))
///
/// and the discounted intrinsic value where `sd ≤ 1e-12`. Years have 365 days, as at Deribit and Derive. The arithmetic
/// is that of the model's kernels, so that every processor gives the same bits.
public enum Black76 {
    /// What the holder may do: buy or sell.
    public enum Right: Sendable, CaseIterable {
        case call, put

        public init(isCall: Bool) { self = isCall ? .call : .put }

        /// +1 for a call, −1 for a put.
        public var sign: Double { self == .call ? 1 : -1 }
    }

    public static let secondsPerYear = 31_536_000.0

    /// Deviations up to this one count as none.
    public static let deviationMin = 1e-12

    /// `τ`, never negative: an option that is past its expiry is worth its intrinsic value.
    public static func years(_ seconds: Double) -> Double { seconds > 0 ? seconds / secondsPerYear : 0 }

    /// `D = exp(−rate·τ)`.
    public static func discount(rate: Double, years: Double) -> Double { mk_exponential(-(rate * years)) }

    /// Dollars of one unit; at a forward of 0 or below, of which there is no lognormal distribution, intrinsic value.
    ///
    /// - Parameters:
    ///   - volatility: `σ`, a fraction a year; negative counts as 0.
    ///   - discount: `D`; 1 gives the undiscounted value.
    /// - Precondition: `strike` is positive.
    public static func value(
        _ right: Right, forward: Double, strike: Double, volatility: Double, years: Double, discount: Double = 1
    ) -> Double {
        precondition(strike > 0, "a strike is positive")
        let deviation = volatility * years.squareRoot()
        let ratio = forward / strike
        guard deviation > deviationMin, ratio >= .leastNormalMagnitude, ratio < .infinity else {
            return discount * intrinsic(right, forward: forward, strike: strike)
        }
        return discount * mk_black(right.sign, forward, strike, mk_logarithm(ratio), deviation)
    }

    /// What exercise would pay, undiscounted.
    public static func intrinsic(_ right: Right, forward: Double, strike: Double) -> Double {
        let gain = right.sign * (forward - strike)
        return gain > 0 ? gain : 0
    }
}
