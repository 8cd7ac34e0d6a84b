/// How much a price moves in a day, as its closes tell: an exponentially weighted mean of squared log returns.
///
///     v(t) = λ·v(t−1) + (1 − λ)·min(r(t)², limit²·v(t−1)),  σ = √v
///
/// The first variance is the plain mean of the first ``returnsMin`` squares; before that there is none. Source: the
/// EWMA of RiskMetrics (1996, §5.2, from memory), with a limit of our own (docs/risk-quality.md §2), which
/// keeps one day from raising `σ` by more than 11 % at `λ = 0.97`.
public struct DailyVolatility: Equatable, Sendable {
    /// Returns without which nothing is known.
    public static let returnsMin = 30

    private var count = 0
    /// Of the first returns, their sum of squares.
    private var variance = 0.0

    public init() {}

    /// `σ` of a day; nil while too few returns are known.
    public var deviation: Double? { count < Self.returnsMin ? nil : variance.squareRoot() }

    /// Takes the log return of one more day.
    public mutating func add(_ logReturn: Double, _ rules: ParameterSet.Dynamics) {
        var square = logReturn * logReturn
        guard count == Self.returnsMin else {
            variance += square
            count += 1
            if count == Self.returnsMin { variance /= Double(Self.returnsMin) }
            return
        }
        // A price that has not moved yet has no deviation to be limited by.
        if rules.limit > 0, variance > 0 {
            let bound = (rules.limit * rules.limit) * variance
            square = square < bound ? square : bound
        }
        variance = rules.decay * variance + (1 - rules.decay) * square
    }
}
