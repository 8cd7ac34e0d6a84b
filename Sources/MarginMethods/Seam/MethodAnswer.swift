/// What a method says of an account, in dollars.
public struct MethodAnswer: Equatable, Sendable {
    /// Cash, collateral at its price, and the contracts' value.
    public var equity: Double
    /// The contracts' part of it.
    public var markToMarket: Double
    /// Positive = needed.
    public var initialMargin: Double
    /// Positive = needed.
    public var maintenanceMargin: Double
    /// The scenarios that set the requirement, if the method has scenarios and one of them loses.
    public var bindings: [Binding]
    /// They sum to the two requirements.
    public var components: [Component]

    public init(
        equity: Double, markToMarket: Double, initialMargin: Double, maintenanceMargin: Double,
        bindings: [Binding] = [], components: [Component]
    ) {
        self.equity = equity
        self.markToMarket = markToMarket
        self.initialMargin = initialMargin
        self.maintenanceMargin = maintenanceMargin
        self.bindings = bindings
        self.components = components
    }

    /// Equity less initial margin; positive = healthy.
    public var initialBalance: Double { equity - initialMargin }

    /// Equity less maintenance margin; positive = healthy.
    public var maintenanceBalance: Double { equity - maintenanceMargin }

    /// A binding scenario.
    public struct Binding: Equatable, Sendable {
        public var underlying: String
        /// Lowest among equals, in the method's published order.
        public var index: Int
        /// Fraction of spot.
        public var spotMove: Double
        /// What volatility does, in the method's words, such as `up`.
        public var volatility: String
        /// Positive = loss.
        public var loss: Double

        public init(underlying: String, index: Int, spotMove: Double, volatility: String, loss: Double) {
            self.underlying = underlying
            self.index = index
            self.spotMove = spotMove
            self.volatility = volatility
            self.loss = loss
        }
    }

    /// A named part of the requirement.
    public struct Component: Equatable, Sendable {
        public var name: String
        public var initial: Double
        public var maintenance: Double

        public init(_ name: String, initial: Double, maintenance: Double) {
            self.name = name
            self.initial = initial
            self.maintenance = maintenance
        }
    }
}
