/// One scenario of `derive-portfolio`: what spot and the volatilities do, and how much of the result counts.
public struct PortfolioScenario: Equatable, Sendable {
    /// Spot times this; 1 = no move.
    public var spotFactor: Double
    public var volatility: Volatility
    /// Share of the gain or loss that counts: below 1 in the tails.
    public var weight: Double

    public init(_ spotFactor: Double, _ volatility: Volatility, weight: Double = 1) {
        self.spotFactor = spotFactor
        self.volatility = volatility
        self.weight = weight
    }

    /// What volatilities do.
    public enum Volatility: String, Sendable, CaseIterable {
        /// The term shock (``TermShock``), upwards or downwards.
        case up, down
        case none
        /// A rotation of the smile: volatility of high strikes up, of low ones down. Either direction counts.
        case linear
        /// Both wings up. Either direction counts.
        case absolute

        /// Whether it turns the smile, so that each expiry is charged for its worse direction.
        var isRotation: Bool { self == .linear || self == .absolute }
    }

    /// The 31 scenarios under which the published test portfolios were computed (their `Parameters`). The weights of the
    /// tails are `0.2 · 0.18 / |move|`.
    public static let published: [PortfolioScenario] =
        [PortfolioScenario(1.18, .up)]
        + [1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865].flatMap { factor in
            [Volatility.down, .none, .up].map { PortfolioScenario(factor, $0) }
        }
        + [
            PortfolioScenario(0.82, .up), PortfolioScenario(0.34, .up, weight: 0.05454545454545454),
            PortfolioScenario(0.67, .up, weight: 0.10909090909090908), PortfolioScenario(1.5, .up, weight: 0.072),
            PortfolioScenario(2, .up, weight: 0.036), PortfolioScenario(3, .up, weight: 0.018),
            PortfolioScenario(4, .up, weight: 0.012), PortfolioScenario(1, .linear), PortfolioScenario(1, .absolute),
        ]
}
