public import MarginDomain

/// The latest inputs of one underlying, as published.
public struct NaiveInputs: Equatable, Sendable {
    /// A published number and when it was published.
    public struct Published<Number: Equatable & Sendable>: Equatable, Sendable {
        /// The number.
        public var number: Number
        /// When its source published it.
        public var publishTime: Timestamp
    }

    /// A forward with what it takes to move it along with the index.
    public struct Forward: Equatable, Sendable {
        /// `F₀`, in index ticks.
        public var forward: Price
        /// `H`, in index ticks.
        public var settledForward: Price
        /// `S₀`, in index ticks; nil until there is an index.
        public var indexWhenPublished: Price?
        /// When its source published it.
        public var publishTime: Timestamp
    }

    /// `S`, in ticks.
    public var index: Published<Price>?
    /// `k_u`, published with it.
    public var indexConfidence = Ratio(Ratio.scale)
    /// By expiry.
    public var forwards: [Timestamp: Forward] = [:]
    /// `r_e`, by expiry.
    public var rates: [Timestamp: Published<Rate>] = [:]
    /// Of perpetuals and futures, in ticks of the instrument.
    public var marks: [InstrumentID: Published<Price>] = [:]
    /// Funding of perpetuals, per eight hours.
    public var fundings: [InstrumentID: Published<Rate>] = [:]
    /// The thinner side of all depths that ever were published.
    public var depths: [Published<Value>] = []
    /// Volatility indices, by days to expiry.
    public var volatilityIndices: [UInt16: Published<Volatility>] = [:]
    /// The effective surface, by expiry and strike.
    public var volatilities: [Timestamp: [Price: Published<Volatility>]] = [:]
    /// The slices in force, by expiry; an expiry with one has no points.
    public var slices: [Timestamp: Published<NaiveSlice>] = [:]
    /// Expiries with points that came into force before a forward.
    public var untried: Set<Timestamp> = []
    /// What waits to take effect, in order of arrival.
    public var pending: [Pending] = []
    /// Whether a last point is among them.
    public var pendingIsComplete = false
    /// When a surface last took effect.
    public var lastSurface: Timestamp?
    /// Which source sent the latest price of each kind.
    public var sources: [MessageKind: SourceID] = [:]

    /// A point or slice that waits.
    public struct Pending: Equatable, Sendable {
        /// Of what.
        public var expiry: Timestamp
        /// Nil for a slice.
        public var strike: Price?
        /// Of a point.
        public var volatility = Volatility.zero
        /// Nil for a point.
        public var slice: NaiveSlice?
        /// When its source published it.
        public var publishTime: Timestamp
    }

    /// Nothing published yet.
    public init() {}
}
