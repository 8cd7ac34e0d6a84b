import MarginDomain

/// An SVI slice: the curve of paragraph 2 of the page, and its arbitrage by looking closely at many strikes.
public struct NaiveSlice: Equatable, Sendable {
    /// `a`, `b`, `ρ`, `m`, `s` and `T` as published.
    let a, b, rho, m, s, T: Double
    /// `F_ref` in dollars.
    let F: Double

    /// Nil where the numbers make no curve: too large, no variance at some strike, or a wing that is too steep.
    init?(_ entry: SviSlice, F: Double) {
        (a, b, rho) = (entry.a.fraction, entry.b.fraction, entry.rho.fraction)
        (m, s, T) = (entry.m.fraction, entry.s.fraction, entry.referenceYears.fraction)
        self.F = F
        let isUsable =
            a.magnitude <= 1e6 && b >= 0 && b <= 1e6 && rho.magnitude < 1 && m.magnitude <= 1e6 && s >= 1e-6 && s <= 1e6
            && T > 0
        if !isUsable || w(least) <= 0 || b * (1 + rho.magnitude) >= 2 { return nil }
    }

    /// `w(k)`.
    func w(_ k: Double) -> Double {
        let x = k - m
        return a + b * (rho * x + (x * x + s * s).squareRoot())
    }

    /// Where `w` is least.
    private var least: Double { m - rho * s / (1 - rho * rho).squareRoot() }

    /// `σ(e, K)` of a strike in dollars.
    func sigma(_ K: Double) -> Double {
        min((w(Self.logRatio(K, F)) / T).squareRoot(), EngineLimits.volatilityMax.fraction)
    }

    /// `ln(K/F)` in the page's order of operations.
    static func logRatio(_ K: Double, _ F: Double) -> Double {
        let q = K / F
        guard q > 0.8, q < 1.25 else { return NaiveBlack76.logarithm(q) }
        let r = (K - F) / (K + F)
        let z = r * r
        var t = 1.0 / 17
        for d in [15.0, 13, 11, 9, 7, 5, 3] { t = t * z + 1 / d }
        return 2 * (r + r * z * t)
    }

    /// Log-moneynesses from −10 to 10.
    private static let strikes = (-4000...4000).map { Double($0) / 400 }

    /// Whether the density that the slice implies is negative somewhere.
    var hasButterfly: Bool {
        Self.strikes.contains { k in
            let x = k - m
            let root = (x * x + s * s).squareRoot()
            let (w, slope, bend) = (w(k), b * (rho + x / root), b * s * s / (root * root * root))
            let first = 1 - k * slope / (2 * w)
            return first * first - slope * slope / 4 * (1 / w + 0.25) + bend / 2 < -1e-9
        }
    }

    /// Whether total variance falls somewhere from an earlier slice to this one.
    func hasCalendar(after earlier: NaiveSlice) -> Bool {
        T <= earlier.T || Self.strikes.contains { w($0) < earlier.w($0) - 1e-12 }
            || b * (1 - rho) < earlier.b * (1 - earlier.rho) || b * (1 + rho) < earlier.b * (1 + earlier.rho)
    }
}
