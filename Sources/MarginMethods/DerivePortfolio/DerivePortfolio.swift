/// Derive's portfolio margin for one underlying, `PMRM_2`: the worst loss over a grid of spot and volatility moves, two
/// rotations of the smile and a charge for the basis, then named contingencies.
///
/// The method speaks of balances, cash and value less requirement, positive = healthy; ``MethodAnswer`` has the
/// requirement. docs/methods/derive-portfolio.md has every formula. Options are valued by ``PortfolioExpiry``.
///
/// Source: `PMRM_2.sol` and `PMRMLib_2.sol` of derivexyz/v2-core at 7736900d; the
/// defaults are the parameters of its published test portfolios.
public struct DerivePortfolio: MarginMethod, Equatable {
    public static let name = "derive-portfolio"

    /// In the order in which they are named by index.
    public var scenarios = PortfolioScenario.published
    public var volatility = TermShock(
        up: 0.5, down: 0.275, volatilityFloor: 0.45, shortPower: 0.30, longPower: 0.13, dayFloor: 1)
    public var skew = SkewShock()
    public var discounts = StaticDiscounts()
    public var basis = Basis()
    public var peg = Peg()
    public var confidence = Confidence()
    public var charges = Charges()
    /// Shares of the worst loss that count.
    public var initialFactor = 1.0
    public var maintenanceFactor = 0.8

    public init() {}

    /// Discounts on the shocked value of an expiry, on top of its own: a portfolio is worth less, or owes more, than
    /// the model says. They apply in the unshocked scenario too, so time value is never credited in full.
    public struct StaticDiscounts: Equatable, Sendable {
        /// Share of a positive value that counts.
        public var long = 0.95
        public var longRateFactor = 1.0
        public var longRateAdditive = 0.08
        /// Multiple of a negative value that counts, at most `1/D`.
        public var short = 1.04
        public var shortRateFactor = 0.5
        public var shortRateAdditive = 0.08
    }

    /// A charge for forwards that move apart from each other.
    public struct Basis: Equatable, Sendable {
        /// Forward times this.
        public var up = 1.045
        public var down = 0.955
        /// Share of the worse loss.
        public var additiveFactor = 0.5
        /// More of it for each year to expiry.
        public var multiplicativeFactor = 2.0
    }

    /// What a stablecoin below its peg adds to the initial factor.
    public struct Peg: Equatable, Sendable {
        /// Dollars.
        public var threshold = 0.98
        /// For each dollar below.
        public var lossFactor = 2.0
    }

    /// A charge in initial margin for prices that their source is not sure of.
    public struct Confidence: Equatable, Sendable {
        public var threshold = 0.55
        /// Share of the notional, for confidence 0.
        public var factor = 1.0
    }

    /// Shares of the spot price of a contract.
    public struct Charges: Equatable, Sendable {
        public var perpetual = 0.015
        public var perpetualInitialExtra = 0.005
        /// For each naked short option.
        public var option = 0.003
        public var optionInitialExtra = 0.002
    }
}
