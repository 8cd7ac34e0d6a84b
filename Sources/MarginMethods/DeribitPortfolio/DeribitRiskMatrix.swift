/// The risk matrix of one asset: every position on its index, the tables they add up to, and the shocks beside them.
public struct DeribitRiskMatrix: Equatable, Sendable {
    /// What a matrix counts in.
    public enum Unit: Sendable, Equatable {
        /// The asset itself: a segregated account in coin.
        case coin
        case dollars
    }

    /// Symbol.
    public let asset: String
    /// The currency of a segregated account; nil in a cross account.
    public let currency: String?
    public let unit: Unit
    /// Index price, in dollars.
    public let spot: Double
    /// `initial_risk_vectors`: by position, in what each settles in; coin balances in dollars.
    public let positions: [Position]
    /// `pre_aggregated_risk_vectors`: their sum, in ``unit``, as are all figures below.
    public let summed: DeribitRiskVector
    /// `aggregated_risk_vectors`: gains cut, extended table damped.
    public let aggregated: DeribitRiskVector
    /// `worst_case`, never negative.
    public let worstCase: Double
    /// `worst_case_bucket`: the first of the worst cells; nil if nothing loses.
    public let worst: DeribitScenario?
    /// `roll_shock`.
    public let rollShock: Double
    /// `delta_shock`.
    public let deltaShock: Double

    /// The worst case as it enters the sum: in coin to nine decimals, as the published totals show.
    public var countedWorstCase: Double { unit == .coin ? (worstCase * 1e9).rounded() / 1e9 : worstCase }

    /// `risk_matrix_margin`. The published correlation contingency is 0 wherever `correlation_set` is false.
    public var margin: Double { countedWorstCase + deltaShock + rollShock }

    /// `BTC` for what settles in the coin or for all together, else such as `BTC in USDC`.
    public var name: String { currency == nil || currency == asset ? asset : "\(asset) in \(currency ?? "")" }

    /// Dollars of one unit.
    public var dollarsPerUnit: Double { unit == .coin ? spot : 1 }

    /// A position's row of ``positions``.
    public struct Position: Equatable, Sendable {
        public let name: String
        public let vector: DeribitRiskVector
    }
}
