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
    /// They sum to the two requirements; in a mutual pool, whose members' are added up, before the credit.
    public var components: [Component]
    /// Of a pool; empty for a single account.
    public var members: [Member]
    /// Of a mutual pool.
    public var mutual: Mutual?
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
        /// In a mutual pool.
        public var standing: Standing?
    }

    /// What a mutual pool has in common; ``MutualPool`` says what the figures mean.
    public struct Mutual: Equatable, Sendable {
        /// What the members have left together in the worst joint scenario; too low where `isExact` is false.
        public var poolExcess: Levels
        public var beta: Double
        /// Whether the search for both ended within its limit.
        public var isExact: Bool
        /// Σ stand-alone requirements − Σ shares.
        public var credit: Levels
        /// The worst default beyond the shares, and the contributions without the largest, in initial margin.
        public var stress: Double
        public var funds: Double
    }

    /// A member's standing in a mutual pool.
    public struct Standing: Equatable, Sendable {
        /// The most that it can lose to others; the same whatever the requirement.
        public var pledge: Levels
        /// Nil if no contributions cover the worst default.
        public var contributionNeeded: Double?
        /// Why the terms would ring-fence it; its share is as if they did not.
        public var ringFence: RingFence?
        public var withdrawable: Double
        public var canLeave: Bool
        /// The others' pool excess in initial margin, and their credit.
        public var excessWithout: Double
        public var betaWithout: Double
    }

    /// A number for each requirement.
    public struct Levels: Equatable, Sendable {
        public var initial: Double
        public var maintenance: Double

        init(_ quanta: (RequirementLevel) -> Double) {
            initial = quanta(.initial) / CaseBook.quantaPerDollar
            maintenance = quanta(.maintenance) / CaseBook.quantaPerDollar
        }

        init(initial: Double, maintenance: Double) {
            self.initial = initial
            self.maintenance = maintenance
        }
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
