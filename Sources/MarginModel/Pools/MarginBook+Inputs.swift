public import MarginDomain

extension MarginBook {
    /// Takes effect in the rows at the next refresh.
    public mutating func apply(_ price: IndexPrice) { withMarket(of: price.underlying) { $0.apply(price) } }

    /// Takes effect in the rows at the next refresh.
    public mutating func apply(_ point: ForwardPoint) { withMarket(of: point.underlying) { $0.apply(point) } }

    /// Takes effect in the rows at the next refresh.
    public mutating func apply(_ point: RatePoint) { withMarket(of: point.underlying) { $0.apply(point) } }

    /// Takes effect in the rows at the next refresh; gathering points into surfaces is up to the caller.
    public mutating func apply(_ point: VolatilityPoint) { withMarket(of: point.underlying) { $0.apply(point) } }

    /// Takes effect in the rows at the next refresh.
    ///
    /// - Parameter curve: the slice as `UnderlyingMarket.curve(of:)` made it when it was published.
    public mutating func apply(_ curve: SVISlice, of slice: SviSlice) {
        withMarket(of: slice.underlying) { $0.apply(curve, of: slice) }
    }

    /// Takes effect in the rows at the next refresh: an expiry's points at these strikes go.
    public mutating func forgetPoints(of underlying: AssetID, _ expiry: Timestamp, at strikes: [Price]) {
        withMarket(of: underlying) { $0.forgetPoints(of: expiry, at: strikes) }
    }

    /// Looks at volatilities that came before their forward; takes effect in the rows at the next refresh.
    ///
    /// - Returns: why some went, in order of expiry.
    public mutating func tryVolatilities(of underlying: AssetID, at now: Timestamp) -> [SurfaceFault] {
        guard let place = place(of: underlying), !underlyings[place].market.untried.isEmpty else { return [] }
        return underlyings[place].market.tryVolatilities(at: now)
    }

    /// Forgets what was published of expiries that are over and of which no instrument has a row.
    public mutating func forgetExpiries(of underlying: AssetID, until now: Timestamp) {
        guard let place = place(of: underlying) else { return }
        let listed = underlyings[place].contracts.expiries
        underlyings[place].market.forgetExpiries(until: now) { listed.contains($0) }
    }

    /// Takes effect in the rows at the next refresh; an option's mark is kept for comparison only.
    public mutating func apply(_ price: MarkPrice) {
        guard let instrument = instrument(price.instrument) else { return }
        withMarket(of: instrument.underlying) { $0.apply(price) }
    }

    /// Takes effect at the next refresh.
    public mutating func apply(_ rate: FundingRate) {
        guard let instrument = instrument(rate.instrument) else { return }
        withMarket(of: instrument.underlying) { $0.apply(rate) }
    }

    /// Takes effect at the next refresh.
    public mutating func apply(_ depth: Depth) { withMarket(of: depth.underlying) { $0.apply(depth) } }

    /// Takes effect at once: no row depends on it.
    public mutating func apply(_ price: CollateralPrice) {
        collateralPrices[price.asset] = PublishedPrice(
            price: price.price, publishTime: price.publishTime, confidence: price.confidence)
    }
}
