import MarginDomain

/// How regions measure the market: docs/safe-regions.md §2.
///
/// Spot moves by itself; everything else, volatility, time, basis and rates, is one *width*: the largest move of any, each
/// in its own unit. A unit of width is a relative move of volatility by e.
enum RegionMetric {
    /// Relative move of a forward or mark against spot that counts as a unit.
    static let basis = 0.1
    /// Change of `r·τ` that counts as a unit.
    static let carry = 0.02
    /// Years below which an expiry is bounded by nothing: two hours, the settlement average included.
    static let shortestYears = 2.0 / (24 * 365)
    /// How much sooner than at the beginning time may put an expiry before regions begin anew, and inside any box beyond
    /// that: e^(−0.4/½).
    static let half = 0.5
    static let soonest = half * 0.449
    /// Largest part of the scan in a level, and of the exact range that a pool's sums may take: docs/safe-regions.md §7.
    static let scanMax = 1.8
    static let sumMax = EngineLimits.exactSumMax / 16
    /// What spot and width are expected to do in one tick, relative to each other.
    static let spotSpeed = 1e-4
    static let widthSpeed = 5e-4

    /// The boxes in which bounds hold: relative moves of spot, and widths.
    static let boxes: [(spot: Double, width: Double)] = [(0.006, 0.015), (0.02, 0.05), (0.06, 0.15), (0.2, 0.4)]

    /// `|ln(x)|` is at most this.
    @inline(__always)
    static func distance(_ ratio: Double) -> Double { ratio > 1 ? ratio - 1 : 1 / ratio - 1 }
}
