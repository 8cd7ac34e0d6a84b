public import MarginDomain

/// Many options of one settlement, valued together: some ten nanoseconds each.
///
/// The numbers lie in columns, as the kernel reads them, eight options at a time. ``Sensitivities`` is the same for one
/// option; the two differ by rounding only.
///
/// ```
/// var strip = OptionStrip(settlement: .linear, capacity: 300)
/// strip.append(OptionStrip.Option(type: .call, strike: 110, volatility: 0.6, spot: 100, forward: 101, years: 0.25))
/// strip.revalue()
/// strip[0].delta
/// ```
public struct OptionStrip: Sendable {
    public let settlement: Instrument.Settlement
    public let capacity: Int
    public private(set) var count = 0
    /// The columns, each `capacity` long.
    var numbers: [Double]

    /// The columns of ``numbers``, inputs first.
    enum Column: Int, CaseIterable {
        case spot, forward, strike, volatility, years, rate, sign
        case value, delta, gamma, vega, theta, rho, vanna, volga
    }

    /// Room for so many options.
    ///
    /// - Precondition: `capacity` is positive.
    public init(settlement: Instrument.Settlement, capacity: Int) {
        precondition(capacity > 0, "a strip has room for an option")
        self.settlement = settlement
        self.capacity = capacity
        numbers = Array(repeating: 0, count: Column.allCases.count * capacity)
    }

    /// What an option is valued on, in dollars and years of 365 days.
    public struct Option: Equatable, Sendable {
        public var type: OptionType
        public var strike: Double
        public var volatility: Double
        public var spot: Double
        public var forward: Double
        public var years: Double
        /// Discount rate, continuously compounded.
        public var rate: Double

        public init(
            type: OptionType, strike: Double, volatility: Double, spot: Double, forward: Double, years: Double,
            rate: Double = 0
        ) {
            self.type = type
            self.strike = strike
            self.volatility = volatility
            self.spot = spot
            self.forward = forward
            self.years = years
            self.rate = rate
        }
    }

    /// Adds an option at the end; its results are 0 until the next revaluation.
    ///
    /// - Precondition: there is room; prices are positive, volatility and years are not negative.
    public mutating func append(_ option: Option) {
        precondition(count < capacity, "a strip is full")
        precondition(option.strike > 0 && option.volatility >= 0 && option.years >= 0, "an option has usable numbers")
        let place = count
        count += 1
        move(place, spot: option.spot, forward: option.forward)
        self[.strike, place] = option.strike
        self[.volatility, place] = option.volatility
        self[.years, place] = option.years
        self[.rate, place] = option.rate
        self[.sign, place] = option.type == .put ? -1 : 1
    }

    /// Moves an option's spot and forward; its results follow at the next revaluation.
    ///
    /// - Precondition: the place holds an option, and both are positive.
    public mutating func move(_ place: Int, spot: Double, forward: Double) {
        precondition(spot > 0 && forward > 0, "prices are positive")
        self[.spot, place] = spot
        self[.forward, place] = forward
    }

    /// The results of an option as of the last revaluation.
    public subscript(place: Int) -> OptionGreeks {
        var greeks = OptionGreeks()
        greeks.value = self[.value, place]
        greeks.delta = self[.delta, place]
        greeks.gamma = self[.gamma, place]
        greeks.vega = self[.vega, place]
        greeks.theta = self[.theta, place]
        greeks.rho = self[.rho, place]
        greeks.vanna = self[.vanna, place]
        greeks.volga = self[.volga, place]
        return greeks
    }

    private subscript(column: Column, place: Int) -> Double {
        get {
            precondition(place < count, "a place holds an option")
            return numbers[column.rawValue * capacity + place]
        }
        set {
            precondition(place < count, "a place holds an option")
            numbers[column.rawValue * capacity + place] = newValue
        }
    }
}
