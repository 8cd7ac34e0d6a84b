public import MarginDomain

/// Volatilities that nothing could be compared with when they came, and expiries that are over.
extension UnderlyingMarket {
    /// Looks at the volatilities that came into force before their expiry had a forward, now that it has one, as if
    /// they arrived now; those on which something could be earned go.
    ///
    /// - Returns: what could be earned, in order of expiry.
    mutating func tryVolatilities(at now: Timestamp) -> [SurfaceFault] {
        let ready = untried.filter { forwardDollars(of: $0) != nil }.sorted()
        guard !ready.isEmpty else { return [] }
        untried.subtract(ready)
        var bare = self
        var arriving: [ArrivingVolatility] = []
        for expiry in ready where expiries[expiry]?.slice == nil {
            arriving += expiries[expiry, default: ExpiryMarket()].surface.map { point in
                .point(
                    VolatilityPoint(
                        underlying: underlying.id, expiry: expiry, strike: point.strike, volatility: point.volatility,
                        last: false, publishTime: point.publishTime))
            }
            bare.expiries[expiry]?.forgetVolatilities()
        }
        let refused = bare.admission(of: arriving, at: now).refused.sorted { $0.key < $1.key }
        for (expiry, _) in refused { expiries[expiry]?.forgetVolatilities() }
        return refused.map(\.value)
    }

    /// Forgets what was published of expiries that are over, but for some.
    mutating func forgetExpiries(until now: Timestamp, but isKept: (Timestamp) -> Bool) {
        for expiry in expiries.keys where expiry <= now && !isKept(expiry) {
            expiries[expiry] = nil
            untried.remove(expiry)
        }
    }

    mutating func forgetPoints(of expiry: Timestamp, at strikes: [Price]) {
        expiries[expiry]?.forgetPoints(at: strikes)
    }

    /// How many points stand of an expiry.
    public func pointCount(of expiry: Timestamp) -> Int { expiries[expiry]?.surface.count ?? 0 }
}
