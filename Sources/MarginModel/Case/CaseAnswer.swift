public import MarginDomain

/// The answer to a ``MarginCase``, in dollars.
public struct CaseAnswer: Equatable, Sendable {
    public var name: String
    public var equity: Double
    /// Value of the contracts alone: options, and profit of futures and perpetuals.
    public var markToMarket: Double
    public var initialMargin: Double
    public var maintenanceMargin: Double
    /// Ascending by underlying; those that lose nothing (at most 10⁻⁹) are left out.
    public var bindings: [Binding]
    /// They sum to the two requirements.
    public var components: [Component]
    /// Of a pool; empty for a single account.
    public var members: [Member]
    public var greeks: [Greeks]

    /// Equity less initial margin; positive = healthy.
    public var initialBalance: Double { equity - initialMargin }

    /// Equity less maintenance margin; positive = healthy.
    public var maintenanceBalance: Double { equity - maintenanceMargin }

    /// A binding scenario.
    public struct Binding: Equatable, Sendable {
        public var underlying: String
        /// Canonical index of the column.
        public var index: Int
        /// Fraction of spot.
        public var spotMove: Double
        public var shape: VolatilityShape
        /// Positive = loss.
        public var loss: Double
    }

    /// A named part of the requirement.
    public struct Component: Equatable, Sendable {
        public var component: MarginComponent
        public var initial: Double
        public var maintenance: Double
    }

    /// A member's share.
    public struct Member: Equatable, Sendable {
        public var id: String
        public var standAlone: Levels
        public var component: Levels
        public var share: Levels
        /// Own equity less its share.
        public var excess: Levels
    }

    /// A number for each requirement.
    public struct Levels: Equatable, Sendable {
        public var initial: Double
        public var maintenance: Double
    }

    /// Sensitivities to one underlying: units, units per dollar, dollars per volatility point, per day, per 1 % of rate.
    public struct Greeks: Equatable, Sendable {
        public var underlying: String
        public var delta: Double
        public var gamma: Double
        public var vega: Double
        public var theta: Double
        public var rho: Double
    }
}
