public import MarginModel

extension MarginCase.Expiry {
    public static let secondsPerDay = 86_400.0

    /// `τ` in years of 365 days, never negative.
    public var years: Double { Black76.years(secondsToExpiry) }

    /// Never negative.
    public var days: Double { secondsToExpiry > 0 ? secondsToExpiry / Self.secondsPerDay : 0 }

    /// The forward after a move: what a settlement average has fixed stays, the rest is multiplied.
    ///
    /// - Parameter factor: 1 = no move.
    public func forward(times factor: Double) -> Double {
        // Without a move the forward itself, to the bit.
        factor == 1 ? forward : settledForward + (forward - settledForward) * factor
    }
}

extension MarginCase.Option {
    public var right: Black76.Right { Black76.Right(isCall: isCall) }

    /// Dollars of one unit of a linear option at a forward and a volatility.
    public func unitValue(forward: Double, volatility: Double, years: Double, discount: Double = 1) -> Double {
        Black76.value(
            right, forward: forward, strike: strike, volatility: volatility, years: years, discount: discount)
    }
}

extension MarginCase.Underlying {
    /// The expiry in that many seconds; nil if the market has none.
    public func expiry(in seconds: Double) -> MarginCase.Expiry? {
        expiries.first { $0.secondsToExpiry == seconds }
    }
}
