import CMarginKernels
import MarginDomain

/// The volatilities of one expiry against its forward at a moment, to look for arbitrage in them.
///
/// Prices are those of undiscounted calls as fractions of the forward, at log-moneyness `k = ln(K/F)`. That they fall
/// and are convex in the strike, and do not fall with time at equal `k`, is what freedom from static arbitrage asks
/// for: P. Carr, D. Madan, *A note on sufficient conditions for no arbitrage*, Finance Research Letters 2(3), 2005, for
/// the strikes that are quoted; J. Gatheral, A. Jacquier 2014, lemma 2.1, for time.
struct ExpirySmile {
    let expiry: Timestamp
    /// `F` in dollars.
    let forward: Double
    /// `τ`.
    let years: Double
    /// Of the points, in dollars, ascending; empty where a slice is in force.
    let strikes: [Double]
    /// Beside the strikes.
    let volatilities: [Double]
    let slice: SVISlice?

    /// What quotes may be off, as a fraction of the forward: `max(0.0001, 0.01·√τ)`.
    ///
    /// A volatility that is wrong by 2.5 points moves a price at the money by so much; a ten-thousandth is the smallest
    /// tick of a premium in coin.
    var tolerance: Double {
        let part = 0.01 * years.squareRoot()
        return part > 0.0001 ? part : 0.0001
    }

    /// `σ(e, K)` at a log-moneyness.
    func volatility(at k: Double) -> Double {
        let strike = forward * mk_exponential(k)
        if let slice { return min(slice.volatility(strike: strike), EngineLimits.volatilityMax.fraction) }
        let above = place(of: strike)
        guard above < strikes.count else { return volatilities[strikes.count - 1] }
        guard above > 0 else { return volatilities[0] }
        let part = (strike - strikes[above - 1]) / (strikes[above] - strikes[above - 1])
        return volatilities[above - 1] + (volatilities[above] - volatilities[above - 1]) * part
    }

    /// Of the first strike that is not below one.
    private func place(of strike: Double) -> Int {
        var (low, high) = (0, strikes.count)
        while low < high {
            let middle = (low + high) / 2
            if strikes[middle] < strike { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What a call costs at a log-moneyness.
    func call(at k: Double) -> Double {
        mk_black(1, 1, mk_exponential(k), -k, volatility(at: k) * years.squareRoot())
    }

    /// Where this expiry is compared with others: its strikes, or of a slice `k = j·√τ/4`, `j = −8…8`.
    var places: [Double] {
        slice == nil
            ? strikes.map { LogRatio.value($0, forward) }
            : (-8...8).map { Double($0) * (years.squareRoot() / 4) }
    }

    /// From the first to the last strike; everything where a slice is in force.
    private var ends: ClosedRange<Double> {
        guard slice == nil, let first = strikes.first, let last = strikes.last else {
            return (-Double.infinity)...Double.infinity
        }
        return LogRatio.value(first, forward)...LogRatio.value(last, forward)
    }

    /// The worst spread or butterfly between the points, nil if nothing beyond the tolerance can be earned.
    var strikeArbitrage: SurfaceFault? {
        let prices = strikes.indices.map { place in
            mk_black(
                1, forward, strikes[place], LogRatio.value(forward, strikes[place]),
                volatilities[place] * years.squareRoot()) / forward
        }
        var worst: (earns: Double, fault: SurfaceFault?) = (tolerance, nil)
        for place in strikes.indices.dropLast() {
            let width = (strikes[place + 1] - strikes[place]) / forward
            let fall = prices[place] - prices[place + 1]
            let earns = max(-fall, fall - width)
            if earns > worst.earns { worst = (earns, .spread(expiry, strike: strikes[place], earns: earns)) }
            guard place > 0 else { continue }
            let part = (strikes[place] - strikes[place - 1]) / (strikes[place + 1] - strikes[place - 1])
            let chord = prices[place - 1] + (prices[place + 1] - prices[place - 1]) * part
            let wings = prices[place] - chord
            if wings > worst.earns { worst = (wings, .butterfly(expiry, strike: strikes[place], earns: wings)) }
        }
        return worst.fault
    }

    /// The worst calendar with an earlier expiry, where both have strikes; nil within the earlier one's tolerance.
    func calendarArbitrage(after earlier: ExpirySmile) -> SurfaceFault? {
        let (own, others) = (ends, earlier.ends)
        var worst: (earns: Double, fault: SurfaceFault?) = (earlier.tolerance, nil)
        for k in places + earlier.places where own.contains(k) && others.contains(k) {
            let earns = earlier.call(at: k) - call(at: k)
            guard earns > worst.earns else { continue }
            worst = (
                earns, .calendar(earlier: earlier.expiry, later: expiry, logMoneyness: k, earns: earns)
            )
        }
        return worst.fault
    }
}
