/// How volatile a factor was, day by day, as one knew it before the day:
///
///     v(t+1) = λ·v(t) + (1 − λ)·min(r(t)², (limit·σ(t))²),  σ = √v
///
/// Source: the EWMA of RiskMetrics (1996, §5.2, from memory); the limit of 3 σ, which keeps one day from raising `σ` by
/// more than 11 % at `λ = 0.97`, is our own (docs/risk-quality.md §2). The first variance is the mean square of the first ``seedDays`` returns,
/// so only those days are scaled with a little knowledge of themselves.
public struct VolatilityFilter: Equatable, Sendable {
    /// `λ`, a day.
    public var decay = 0.97
    /// Largest return that counts, in deviations; 0 = no limit.
    public var limit = 3.0
    public var seedDays = 30
    public var scaling = Scaling.half
    /// Least `σ` now, as a share of the long-run one; 0 = no floor.
    public var floor = 0.0
    /// Days of the long run.
    public var longRunDays = 3650

    /// How far an old return is brought to today's volatility.
    public enum Scaling: String, CaseIterable, Sendable {
        /// Not at all: plain historical simulation.
        case none
        /// `(σ(now)/σ(s) + 1)/2`: damps procyclicality.
        case half
        /// `σ(now)/σ(s)`: filtered historical simulation after Barone-Adesi, Giannopoulos and Vosper (1999).
        case full
    }

    public init() {}

    /// `σ(t)` for every return, known before it; then `σ(now)`, with the floor.
    public func deviations(of returns: [Double]) -> [Double] {
        guard !returns.isEmpty else { return [0] }
        let seed = returns.prefix(seedDays)
        var variance = seed.reduce(0.0) { $0 + $1 * $1 } / Double(seed.count)
        var deviations: [Double] = []
        deviations.reserveCapacity(returns.count + 1)
        for value in returns {
            deviations.append(variance.squareRoot())
            var square = value * value
            // A factor that has not moved yet has no deviation to be limited by.
            if limit > 0, variance > 0 { square = min(square, limit * limit * variance) }
            variance = decay * variance + (1 - decay) * square
        }
        deviations.append(max(variance.squareRoot(), floor * longRun(of: returns)))
        return deviations
    }

    /// Root mean square of the long run's returns.
    func longRun(of returns: [Double]) -> Double {
        let run = returns.suffix(longRunDays)
        return run.isEmpty ? 0 : (run.reduce(0.0) { $0 + $1 * $1 } / Double(run.count)).squareRoot()
    }

    /// The returns as they would be at today's volatility; `σ(s)` is the one known *before* day `s`.
    ///
    /// With the variance that already has the day's own return in it, a scenario could not exceed `1/√(1−λ)` deviations
    /// and the tail came out 16–29 % too low.
    public func scaled(_ returns: [Double]) -> [Double] {
        guard scaling != .none else { return returns }
        let deviations = deviations(of: returns)
        let now = deviations[returns.count]
        return returns.indices.map { day in
            guard deviations[day] > 0 else { return returns[day] }
            let ratio = now / deviations[day]
            return returns[day] * (scaling == .full ? ratio : (ratio + 1) / 2)
        }
    }
}
