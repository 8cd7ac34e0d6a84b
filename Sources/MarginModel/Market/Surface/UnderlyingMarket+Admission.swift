public import MarginDomain

/// Which volatilities of a surface may come into force.
public struct SurfaceAdmission: Sendable {
    /// Expiries whose arriving volatilities stay out, each with what could be earned on them.
    public fileprivate(set) var refused: [Timestamp: SurfaceFault] = [:]
    /// Strikes of old points that go: what arrived is free of arbitrage without them, not beside them.
    public fileprivate(set) var gone: [Timestamp: [Price]] = [:]
}

extension UnderlyingMarket {
    /// Volatilities older than this keep nothing out that arrives: points beside it, or the expiries next to it.
    public static let surfacePatience = Duration64.seconds(60)

    /// Looks for arbitrage in volatilities that arrived together, beside what stands: docs/margin-model.md §2.
    public func admission(of arriving: [ArrivingVolatility], at now: Timestamp) -> SurfaceAdmission {
        let arrivals = Dictionary(grouping: arriving, by: \.expiry)
        let expired = now + Duration64(-Self.surfacePatience.nanoseconds)
        let order = Set(expiries.keys).union(arrivals.keys).sorted()
        var admission = SurfaceAdmission()
        var accepted: [Timestamp: ExpiryMarket] = [:]

        /// Of a neighbour: what has just been accepted, or what stands and is not too old.
        func counting(_ expiry: Timestamp) -> ExpirySmile? {
            if let market = accepted[expiry] { return smile(of: expiry, market, at: now) }
            guard let market = expiries[expiry], let time = market.volatilityTime, time >= expired else { return nil }
            return smile(of: expiry, market, at: now)
        }
        for (place, expiry) in order.enumerated() {
            guard let entries = arrivals[expiry] else { continue }
            let standing = expiries[expiry] ?? ExpiryMarket()
            let before = order[..<place].reversed().lazy.compactMap(counting).first
            let after = order[(place + 1)...].lazy.prefix { arrivals[$0] == nil }.compactMap(counting).first
            func fault(_ smile: ExpirySmile?) -> SurfaceFault? {
                smile.flatMap { smile in
                    smile.strikeArbitrage ?? before.flatMap { smile.calendarArbitrage(after: $0) }
                        ?? after.flatMap { $0.calendarArbitrage(after: smile) }
                }
            }
            let whole = standing.taking(entries)
            guard let found = fault(smile(of: expiry, whole, at: now)) else {
                accepted[expiry] = whole
                continue
            }
            admission.refused[expiry] = found
            let renewal = SmileRenewal(of: standing, by: entries, before: expired)
            for going in renewal.steps {
                let market = standing.withoutPoints(at: going).taking(entries)
                let renewed = smile(of: expiry, market, at: now)
                let stood = smile(of: expiry, standing, at: now)
                guard fault(renewed) == nil,
                    renewal.allows(going, leaving: market.surface.count, stood, renewed, in: underlying)
                else { continue }
                accepted[expiry] = market
                admission.refused[expiry] = nil
                admission.gone[expiry] = going
                break
            }
        }
        return admission
    }

    /// Nil where nothing can be compared: no forward, no volatility, or no time left.
    private func smile(of expiry: Timestamp, _ market: ExpiryMarket, at now: Timestamp) -> ExpirySmile? {
        let years = RowTable.years(from: now, to: expiry)
        guard years > 0, market.hasVolatility, let (forward, _) = forwardDollars(of: expiry) else { return nil }
        let points = market.surface.filter { $0.strike > .zero }
        guard market.slice != nil || !points.isEmpty else { return nil }
        return ExpirySmile(
            expiry: expiry, forward: forward, years: years, strikes: points.map { underlying.dollars($0.strike) },
            volatilities: points.map(\.volatility.fraction), slice: market.slice?.curve)
    }
}
