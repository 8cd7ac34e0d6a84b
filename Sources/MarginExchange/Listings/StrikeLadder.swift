private import Glibc

/// The strikes that are worth listing for an expiry: round numbers on both sides of spot.
enum StrikeLadder {
    /// Ascending dollars; they reach about two and a half standard deviations either way.
    static func strikes(spot: Double, volatility: Double, years: Double, count: Int) -> [Double] {
        let reach = 2.5 * spot * volatility * max(years, 1.0 / 365).squareRoot()
        let step = roundStep(atLeast: 2 * reach / Double(count))
        let lowest = max(1, Int((spot / step).rounded()) - count / 2)
        return (0..<count).map { Double(lowest + $0) * step }
    }

    /// The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `size`.
    private static func roundStep(atLeast size: Double) -> Double {
        var power = pow(10, floor(log10(size)))
        while true {
            for mantissa in [1, 2, 2.5, 5] where mantissa * power >= size { return mantissa * power }
            power *= 10
        }
    }
}
