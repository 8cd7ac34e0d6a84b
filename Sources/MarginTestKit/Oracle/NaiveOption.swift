import MarginDomain

/// One unit of an option under a move: the option lines of the table of paragraph 4 of the page.
struct NaiveOption {
    let isCall: Bool
    let isInverse: Bool
    let S: Double
    let F: Double
    let H: Double
    let K: Double
    let D: Double
    let tau: Double
    let sigma: Double

    /// Nil where the forward or the volatility is missing.
    init?(
        _ instrument: Instrument, _ type: OptionType, strike: Price, e: Timestamp, in cut: NaiveCut, S: Double
    ) {
        guard let F = cut.F(e), let sigma = cut.sigma(e, strike) else { return nil }
        isCall = type == .call
        isInverse = instrument.contract.settlement == .inverse
        self.S = S
        self.F = F
        H = cut.H(e)
        K = cut.asset.dollars(strike)
        D = cut.D(e)
        tau = cut.tau(e)
        self.sigma = sigma
    }

    private func ln(_ ratio: Double) -> Double { ratio == 1 ? 0 : NaiveBlack76.logarithm(ratio) }

    /// `Black(F, K, σ, τ)` of a forward whose `ln(F/K)` is known.
    private func black(forward: Double, logMoneyness: Double, sigma: Double) -> Double {
        let sd = sigma * tau.squareRoot()
        let price = NaiveBlack76.black(
            isCall: isCall, forward: forward, strike: K, logMoneyness: logMoneyness, deviation: sd)
        return price > 0 ? price : 0
    }

    /// The value in dollars of one unit when spot moves by `m` and the volatility becomes `sigma`.
    func value(m: Double, sigma: Double) -> Double {
        // The null move leaves the forward as it is, to the last bit.
        let moved = m == 0 ? F : H + (F - H) * (1 + m)
        let black = black(forward: moved, logMoneyness: ln(F / K) + ln(moved / F), sigma: sigma)
        return isInverse ? ((S * (1 + m)) / moved) * black : D * black
    }

    /// `±N(±d₁)` at the unshocked market.
    private var signedNormal: Double {
        let N = NaiveBlack76.exerciseMeasure(
            isCall: isCall, forward: F, strike: K, logMoneyness: ln(F / K), deviation: sigma * tau.squareRoot())
        return isCall ? N : -N
    }

    /// `Φ`: `F·dV/dF` at fixed `S`.
    var phi: Double {
        guard isInverse else { return (D * F) * signedNormal }
        return S * (signedNormal - black(forward: F, logMoneyness: ln(F / K), sigma: sigma) / F)
    }

    /// `Δ`: `S·dV/dS`, the forward moving along.
    var delta: Double { isInverse ? S * signedNormal : phi }

    /// `σ·(1 ± ε(k))` and `σ·(1 ± ε(|k|))`.
    func rotations(_ parameters: NaiveParameters) -> [Double] {
        let cap = parameters["skewCap"]
        let k = ln(K / F)
        let kStar = max(parameters["skewWidthMin"], parameters["skewWidth"] * tau.squareRoot())
        func epsilon(_ x: Double) -> Double { min(max((cap * x) / kStar, -cap), cap) }
        return [
            sigma * (1 + epsilon(k)), sigma * (1 - epsilon(k)),
            sigma * (1 + epsilon(k.magnitude)), sigma * (1 - epsilon(k.magnitude)),
        ]
    }
}
