extension SVISlice {
    /// `g(k)`: where it is negative, so is the density that the prices imply, and a butterfly costs less than nothing.
    ///
    ///     g(k) = (1 − k·w′/(2w))² − (w′²/4)·(1/w + 1/4) + w″/2
    ///
    /// G&J, equation 2.1. A slice is free of butterfly arbitrage if and only if `g ≥ 0` everywhere and call prices vanish
    /// for large strikes (G&J, Lemma 2.2); the latter follows from wings no steeper than ``init(a:b:rho:m:sigma:forward:years:)``
    /// allows.
    public func g(_ k: Double) -> Double {
        let terms = gTerms(k)
        return terms.positive - terms.negative
    }

    /// The sums of what makes `g` large and what makes it small.
    private func gTerms(_ k: Double) -> (positive: Double, negative: Double) {
        let x = k - m
        let root = (x * x + sigma * sigma).squareRoot()
        let w = totalVariance(k)
        let first = b * (rho + x / root)
        // σ/root is at most 1, whatever their size.
        let part = sigma / root
        let second = b * part * part / root
        let level = 1 - k * first / (2 * w)
        return (level * level + 0.5 * second, 0.25 * (first * first) * (1 / w + 0.25))
    }

    /// The worst butterfly, nil if there is none to be found.
    ///
    /// `g` is looked at on a grid of 769 strikes, dense around `m` and reaching ten thousand times as far as the slice's
    /// own lengths, and followed into each of its dips. In between it is smooth on the scale of the grid; in the wings
    /// beyond, it is near its limit `(4 − β²)/16`, which is not negative. Less than 1e-12 of the terms that make `g` counts
    /// as rounding.
    public var butterflyArbitrage: SVIFault? {
        var worst: (k: Double, g: Double)?
        func look(at k: Double) {
            let terms = gTerms(k)
            let g = terms.positive - terms.negative
            if g < -1e-12 * (terms.positive + terms.negative), g < worst?.g ?? 0 { worst = (k, g) }
        }
        for dip in dips(on: strikes, { g($0) }) { look(at: dip) }
        return worst.map { .butterfly(logMoneyness: $0.k, g: $0.g) }
    }
}
