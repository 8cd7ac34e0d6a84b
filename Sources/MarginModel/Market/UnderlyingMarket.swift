public import MarginDomain

/// The market state of one underlying, as published: index price, forwards, rates, volatilities, marks.
///
/// Inputs change it one by one; rows follow at the next cut (`MarginBook.refresh`). It checks nothing but what the
/// formulas need: who may publish what, and how old it may be, is the engine's business.
public struct UnderlyingMarket: Equatable, Sendable {
    public let underlying: Asset
    /// The latest index price.
    public private(set) var index: PublishedPrice?
    var expiries: [Timestamp: ExpiryMarket] = [:]
    /// Expiries with volatilities that came into force without a forward to compare them by.
    var untried: Set<Timestamp> = []
    private var marks: [InstrumentID: PublishedPrice] = [:]
    private var fundings: [InstrumentID: PublishedRate] = [:]
    private var depths = DepthHistory()

    init(underlying: Asset) { self.underlying = underlying }

    /// The forward of an expiry as published.
    public func forward(of expiry: Timestamp) -> PublishedForward? { expiries[expiry]?.forward }

    /// The discount rate of an expiry; 0 is meant where there is none.
    public func rate(of expiry: Timestamp) -> PublishedRate? { expiries[expiry]?.rate }

    /// The mark of a perpetual or future; that of an option is kept for comparison only.
    public func mark(of instrument: InstrumentID) -> PublishedPrice? { marks[instrument] }

    /// The funding rate of a perpetual, per eight hours.
    public func funding(of instrument: InstrumentID) -> PublishedRate? { fundings[instrument] }

    /// `L_u` in quanta: the depth of the thinnest hour of late; nil before any was published.
    public var depth: Int64? { depths.least }

    /// When the newest depth was published.
    public var depthTime: Timestamp? { depths.least == nil ? nil : depths.publishTime }

    /// The published volatility at exactly this strike.
    public func volatility(of expiry: Timestamp, strike: Price) -> PublishedVolatility? {
        guard let market = expiries[expiry] else { return nil }
        let place = market.place(of: strike)
        return place < market.surface.count && market.surface[place].strike == strike ? market.surface[place] : nil
    }

    /// When the newest volatility of an expiry was published, that of a slice or of any point.
    public func volatilityTime(of expiry: Timestamp) -> Timestamp? { expiries[expiry]?.volatilityTime }

    /// When what a point at this strike would replace was published: the slice in force, else the point.
    public func volatilityTime(of expiry: Timestamp, strike: Price) -> Timestamp? {
        expiries[expiry]?.slice?.publishTime ?? volatility(of: expiry, strike: strike)?.publishTime
    }

    /// A published slice as a curve against the expiry's forward of this moment; nil without a forward.
    ///
    /// - Throws: numbers that make no curve, or a butterfly arbitrage.
    public func curve(of slice: SviSlice) throws(SVIFault) -> SVISlice? {
        guard let (forward, _) = forwardDollars(of: slice.expiry) else { return nil }
        let curve = try SVISlice(
            a: slice.a.fraction, b: slice.b.fraction, rho: slice.rho.fraction, m: slice.m.fraction,
            sigma: slice.s.fraction, forward: forward, years: slice.referenceYears.fraction)
        if let fault = curve.butterflyArbitrage { throw fault }
        return curve
    }

    /// `S` in dollars, if there is a positive one.
    public var spot: Double? {
        guard let index, index.price > .zero else { return nil }
        return underlying.dollars(index.price)
    }

    /// `F` and `H` of an expiry in dollars at the present index price; nil if missing or not usable.
    func forwardDollars(of expiry: Timestamp) -> (forward: Double, settled: Double)? {
        guard let spot, let published = expiries[expiry]?.forward else { return nil }
        guard published.settledForward >= .zero, published.settledForward <= published.forward else { return nil }
        let settled = underlying.dollars(published.settledForward)
        let free = underlying.dollars(published.forward) - settled
        let then = published.indexThen.map { underlying.dollars($0) } ?? spot
        let forward = settled + free * (spot / then)
        return forward > 0 ? (forward, settled) : nil
    }

    /// `M` in dollars, if there is a positive one.
    func markDollars(of instrument: Instrument) -> Double? {
        guard let mark = marks[instrument.id], mark.price > .zero else { return nil }
        return Double(mark.price.ticks) * instrument.priceExponent.scale
    }

    /// The first input that an instrument lacks; nil if it can be priced.
    public func status(of instrument: Instrument) -> PriceFault? {
        guard spot != nil else { return .index(underlying.id) }
        guard case .option(_, _, _, let expiry) = instrument.contract else {
            return markDollars(of: instrument) == nil ? .mark(instrument.id) : nil
        }
        guard forwardDollars(of: expiry) != nil else { return .forward(underlying.id, expiry) }
        guard expiries[expiry]?.hasVolatility == true else { return .volatility(underlying.id, expiry) }
        return nil
    }
}

extension UnderlyingMarket {
    mutating func apply(_ price: IndexPrice) {
        let isFirst = index == nil
        index = PublishedPrice(
            price: price.price, publishTime: price.publishTime, confidence: price.confidence)
        guard isFirst else { return }
        for expiry in expiries.keys where expiries[expiry]?.forward?.indexThen == nil {
            expiries[expiry]?.forward?.indexThen = price.price
        }
    }

    mutating func apply(_ point: ForwardPoint) {
        expiries[point.expiry, default: ExpiryMarket()].forward = PublishedForward(
            forward: point.forward, settledForward: point.settledForward, publishTime: point.publishTime,
            indexThen: index?.price)
    }

    mutating func apply(_ point: RatePoint) {
        expiries[point.expiry, default: ExpiryMarket()].rate = PublishedRate(
            rate: point.rate, publishTime: point.publishTime)
    }

    mutating func apply(_ point: VolatilityPoint) {
        expiries[point.expiry, default: ExpiryMarket()].apply(PublishedVolatility(point))
        if forwardDollars(of: point.expiry) == nil { untried.insert(point.expiry) }
    }

    mutating func apply(_ curve: SVISlice, of slice: SviSlice) {
        expiries[slice.expiry, default: ExpiryMarket()].apply(PublishedSlice(slice: slice, curve: curve))
    }

    mutating func apply(_ price: MarkPrice) {
        marks[price.instrument] = PublishedPrice(price: price.price, publishTime: price.publishTime)
    }

    mutating func apply(_ rate: FundingRate) {
        fundings[rate.instrument] = PublishedRate(rate: rate.rate, publishTime: rate.publishTime)
    }

    mutating func apply(_ depth: Depth) { depths.add(depth) }
}

extension UnderlyingMarket {
    /// Only the marks of some instruments; everything else as it is.
    func reduced(to instruments: Set<InstrumentID>) -> UnderlyingMarket {
        var market = self
        market.marks = marks.filter { instruments.contains($0.key) }
        return market
    }

    /// With the index at another price and the marks in proportion, to the nearest tick; forwards follow by themselves.
    func moved(to price: Price) -> UnderlyingMarket {
        guard let index, index.price > .zero else { return self }
        var market = self
        market.index = PublishedPrice(price: price, publishTime: index.publishTime)
        market.marks = marks.mapValues { mark in
            let ticks = Rounding.halfToEven(
                Int128(mark.price.ticks) * Int128(price.ticks), times: 0, dividedBy: Int128(index.price.ticks))
            return PublishedPrice(price: Price(Int64(clamping: ticks)), publishTime: mark.publishTime)
        }
        return market
    }

    /// With all volatilities at so many millionths of what they are, at most the largest that may be published.
    func scalingVolatilities(byMillionths factor: Int64) -> UnderlyingMarket {
        var market = self
        for expiry in expiries.keys { market.expiries[expiry]?.scaleVolatilities(byMillionths: factor) }
        return market
    }
}
