public import MarginDomain

/// A price in ticks and when it was published.
public struct PublishedPrice: Equatable, Sendable {
    public let price: Price
    public let publishTime: Timestamp
    /// How sure the source is, where it says so; otherwise 1.
    public let confidence: Ratio

    init(price: Price, publishTime: Timestamp, confidence: Ratio = Ratio(Ratio.scale)) {
        self.price = price
        self.publishTime = publishTime
        self.confidence = confidence
    }
}

extension Ratio {
    /// As a fraction between 0 and 1, whatever the source said.
    var clamped: Double { billionths < 0 ? 0 : billionths > Ratio.scale ? 1 : fraction }
}

/// A forward as published, with the index price that it is seen against from then on.
public struct PublishedForward: Equatable, Sendable {
    /// `F₀`, with its settled part, in index ticks.
    public let forward: Price
    /// `H`: the part that a settlement average has fixed already.
    public let settledForward: Price
    public let publishTime: Timestamp
    /// `S₀`: the index price at publication, else the first one after it; nil while there is none.
    public internal(set) var indexThen: Price?
}

/// A discount rate and when it was published.
public struct PublishedRate: Equatable, Sendable {
    public let rate: Rate
    public let publishTime: Timestamp
}

/// The volatilities of an expiry: as published, and as the curve that it made then.
public struct PublishedSlice: Equatable, Sendable {
    public let slice: SviSlice
    public let curve: SVISlice

    public var publishTime: Timestamp { slice.publishTime }
}

/// A volatility at one strike and when it was published.
public struct PublishedVolatility: Equatable, Sendable {
    public let strike: Price
    public let volatility: Volatility
    public let publishTime: Timestamp

    init(strike: Price, volatility: Volatility, publishTime: Timestamp) {
        self.strike = strike
        self.volatility = volatility
        self.publishTime = publishTime
    }

    init(_ point: VolatilityPoint) {
        self.init(strike: point.strike, volatility: point.volatility, publishTime: point.publishTime)
    }
}
