import MarginDomain

/// What was published about one expiry.
struct ExpiryMarket: Equatable, Sendable {
    var forward: PublishedForward?
    var rate: PublishedRate?
    /// The volatilities of all strikes at once; nil while points are newer.
    var slice: PublishedSlice?
    /// What a question multiplies the slice's volatilities by.
    private var sliceFactor = 1.0
    /// Ascending by strike; empty while a slice is newer.
    var surface: [PublishedVolatility] = []
    /// Counts the changes of the surface, so that rows know when to look volatilities up again.
    var surfaceVersion = 0

    /// Where a strike is, or would be.
    func place(of strike: Price) -> Int {
        var low = 0
        var high = surface.count
        while low < high {
            let middle = (low + high) / 2
            if surface[middle].strike < strike { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether there is a volatility for every strike.
    var hasVolatility: Bool { slice != nil || !surface.isEmpty }

    /// When the newest volatility of any strike was published.
    var volatilityTime: Timestamp? { slice?.publishTime ?? surface.map(\.publishTime).max() }

    /// A slice replaces everything, points and slices alike.
    mutating func apply(_ slice: PublishedSlice) {
        self.slice = slice
        surface = []
        surfaceVersion += 1
    }

    /// A point replaces the one at its strike; the first one after a slice replaces the slice.
    mutating func apply(_ point: PublishedVolatility) {
        slice = nil
        let place = place(of: point.strike)
        if place < surface.count, surface[place].strike == point.strike {
            surface[place] = point
        } else {
            surface.insert(point, at: place)
        }
        surfaceVersion += 1
    }

    /// The points at these strikes go.
    mutating func forgetPoints(at strikes: [Price]) {
        let going = Set(strikes)
        surface.removeAll { going.contains($0.strike) }
        surfaceVersion += 1
    }

    /// Every volatility goes.
    mutating func forgetVolatilities() {
        slice = nil
        surface = []
        surfaceVersion += 1
    }

    /// Another surface for each factor, so another version: rows look their volatilities up again.
    mutating func scaleVolatilities(byMillionths factor: Int64) {
        surface = surface.map { point in
            let scaled = Int128(point.volatility.billionths) * Int128(factor) / 1_000_000
            let volatility = min(Volatility(Int64(clamping: scaled)), EngineLimits.volatilityMax)
            return PublishedVolatility(strike: point.strike, volatility: volatility, publishTime: point.publishTime)
        }
        sliceFactor *= Double(factor) / 1_000_000
        surfaceVersion += Int(factor)
    }

    /// σ(e, K): the slice's, at most `EngineLimits.volatilityMax`; without one the
    /// published point, else linear in the strike between its neighbours, else the nearest end.
    func volatility(at strike: Price, tick: Double) -> Double? {
        if let slice {
            let volatility = sliceFactor * slice.curve.volatility(strike: Double(strike.ticks) * tick)
            return min(volatility, EngineLimits.volatilityMax.fraction)
        }
        guard let first = surface.first, let last = surface.last else { return nil }
        if strike <= first.strike { return first.volatility.fraction }
        if strike >= last.strike { return last.volatility.fraction }
        let place = place(of: strike)
        let above = surface[place]
        if above.strike == strike { return above.volatility.fraction }
        let below = surface[place - 1]
        let sigma0 = below.volatility.fraction
        let strike0 = Double(below.strike.ticks) * tick
        let part = (Double(strike.ticks) * tick - strike0) / (Double(above.strike.ticks) * tick - strike0)
        return sigma0 + (above.volatility.fraction - sigma0) * part
    }
}
