public import MarginDomain

/// One published volatility, or a curve of them, on its way into force.
public enum ArrivingVolatility: Sendable {
    case point(VolatilityPoint)
    /// The curve is the slice's as ``UnderlyingMarket/curve(of:)`` made it when it was published.
    case slice(SviSlice, SVISlice)

    /// Of which expiry.
    public var expiry: Timestamp {
        switch self {
        case .point(let point): point.expiry
        case .slice(let slice, _): slice.expiry
        }
    }
}

extension ExpiryMarket {
    /// With volatilities that arrived for this expiry, in order of arrival.
    func taking(_ arriving: [ArrivingVolatility]) -> ExpiryMarket {
        var market = self
        for volatility in arriving {
            switch volatility {
            case .point(let point): market.apply(PublishedVolatility(point))
            case .slice(let slice, let curve): market.apply(PublishedSlice(slice: slice, curve: curve))
            }
        }
        return market
    }

    /// Without the points at some strikes.
    func withoutPoints(at strikes: [Price]) -> ExpiryMarket {
        var market = self
        market.forgetPoints(at: strikes)
        return market
    }
}
