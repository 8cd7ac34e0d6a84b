/// Why a slice is refused, or what can be earned on it without risk. Payloads are the evidence.
public enum SVIFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A parameter is not finite or outside its range; by name.
    case badNumber(String)
    /// The total variance is not positive at every strike.
    case noVariance(least: Double)
    /// Total variance rises by 2 or more per unit of log-moneyness: prices there would not fall to nothing.
    case steepWing(SVISlice.Wing, slope: Double)
    /// A butterfly around this log-moneyness costs less than nothing: the density has the sign of `g`.
    case butterfly(logMoneyness: Double, g: Double)
    /// At this log-moneyness the later expiry has less total variance than the earlier one.
    case calendar(logMoneyness: Double, earlier: Double, later: Double)
    /// Far out in a wing the later expiry has less total variance: it rises more slowly.
    case calendarWing(SVISlice.Wing, earlier: Double, later: Double)
    /// Slices are not in order of time, or two have the same.
    case order(earlier: Double, later: Double)

    public var description: String {
        switch self {
        case .badNumber(let field): "\(field) of an SVI slice is not a usable number"
        case .noVariance(let least): "the least total variance of an SVI slice is \(least)"
        case .steepWing(let wing, let slope): "the \(wing) wing of an SVI slice has slope \(slope), not below 2"
        case .butterfly(let k, let g): "butterfly arbitrage at ln(K/F) = \(k): g = \(g)"
        case .calendar(let k, let earlier, let later):
            "calendar arbitrage at ln(K/F) = \(k): total variance \(earlier), and later \(later)"
        case .calendarWing(let wing, let earlier, let later):
            "calendar arbitrage in the \(wing) wing: slope \(earlier), and later \(later)"
        case .order(let earlier, let later): "a slice of \(later) years follows one of \(earlier) years"
        }
    }
}
