import MarginDomain

/// Volatilities as SVI slices.
extension GeneratedWorld {
    /// Publishes some expiries of a surface as slices, in a record of their own, and takes their points out of it.
    ///
    /// Most are free of arbitrage: they are slices of one surface whose variance grows with time (Gatheral and Jacquier
    /// 2014, §4, with φ = η/√θ). Some have a butterfly, some fall below an earlier expiry.
    mutating func publishSlices(of asset: GeneratedAsset, inPlaceOf points: inout [VolatilityPoint]) {
        guard var slices = sliceRandom, slices.chance(0.6) else {
            _ = sliceRandom?.next()
            return
        }
        let shape = (rho: slices.number(-0.6, 0.2), eta: slices.number(0.2, 1))
        var entries: [SviSlice] = []
        for expiry in expiries(of: asset) where slices.chance(0.7) {
            let years = max(3600, (expiry - time).inSeconds) / 31_536_000
            let variance = volatility(of: asset) * volatility(of: asset) * years * (slices.chance(0.08) ? 0.2 : 1)
            var slice = Self.slice(of: asset, expiry, shape, variance: variance, years: years, at: time)
            if slices.chance(0.05) { slice = Self.butterfly(slice) }
            if slices.chance(0.03) { slice.rho = Ratio(decimal: 1.5) }
            entries.append(slice)
        }
        sliceRandom = slices
        guard !entries.isEmpty else { return }
        points.removeAll { point in entries.contains { $0.expiry == point.expiry } }
        entries[entries.count - 1].last = points.isEmpty
        emit(.sviSlice(entries), from: Self.source(of: asset))
    }

    private static func slice(
        of asset: GeneratedAsset, _ expiry: Timestamp, _ shape: (rho: Double, eta: Double), variance: Double,
        years: Double, at time: Timestamp
    ) -> SviSlice {
        let phi = shape.eta / variance.squareRoot()
        let rest = 1 - shape.rho * shape.rho
        return SviSlice(
            underlying: asset.id, expiry: expiry, a: Ratio(decimal: variance * rest / 2),
            b: Ratio(decimal: variance * phi / 2), rho: Ratio(decimal: shape.rho), m: Ratio(decimal: -shape.rho / phi),
            s: Ratio(decimal: rest.squareRoot() / phi), referenceYears: Ratio(decimal: years), last: false,
            publishTime: time)
    }

    /// A. Vogt's slice, example 3.1 of Gatheral and Jacquier 2014: harmless to look at, but its density is negative.
    private static func butterfly(_ slice: SviSlice) -> SviSlice {
        var slice = slice
        (slice.a, slice.b, slice.rho) = (Ratio(decimal: -0.0410), Ratio(decimal: 0.1331), Ratio(decimal: 0.3060))
        (slice.m, slice.s) = (Ratio(decimal: 0.3586), Ratio(decimal: 0.4153))
        return slice
    }
}
