import MarginDomain

/// How prices move and are published.
extension GeneratedWorld {
    /// The index of one underlying moves, its marks usually follow, sometimes its forwards and volatilities too.
    mutating func tick() {
        let asset = random.chance(0.02) ? .unmargined : random.pick(underlyings)
        wander(asset)
        publishIndex(of: asset)
        if random.chance(0.7) { publishMarks(of: asset, share: 0.9) }
        if random.chance(0.1) { publishForwards(of: asset) }
    }

    /// A random walk with jumps both ways, pulled back when it has gone far.
    private mutating func wander(_ asset: GeneratedAsset) {
        let price = prices[asset.id] ?? asset.price
        let jump =
            switch random.fraction() {
            case ..<0.86: 0.004 * random.bell()
            case ..<0.985: 0.03 * random.bell()
            default: random.number(-0.25, 0.28)
            }
        let pull = 0.03 * (asset.price - price) / asset.price
        let factor = min(max(1 + jump + pull, 0.6), 1.5)
        prices[asset.id] = min(max(price * factor, asset.price * 0.3), asset.price * 3)
        let level = volatilityLevels[asset.id] ?? 1
        let stressed = level * (1 + 0.02 * random.bell()) + 0.6 * jump.magnitude + 0.02 * (1 - level)
        volatilityLevels[asset.id] = min(max(stressed, 0.4), 2.5)
    }

    /// Volatility of an asset as it is now.
    func volatility(of asset: GeneratedAsset) -> Double { asset.volatility * (volatilityLevels[asset.id] ?? 1) }

    func price(of asset: GeneratedAsset) -> Double { prices[asset.id] ?? asset.price }

    /// Usually sure, sometimes less, and now and then not at all.
    private mutating func confidence() -> Ratio {
        switch random.fraction() {
        case ..<0.9: Ratio(decimal: 1)
        case ..<0.97: Ratio(Int64(random.number(0, 1) * 1e9))
        default: Ratio(Int64(random.number(-0.2, 1.3) * 1e9))
        }
    }

    mutating func publishIndex(of asset: GeneratedAsset) {
        let entry = IndexPrice(
            underlying: asset.id, price: asset.ticks(price(of: asset)), confidence: confidence(), publishTime: time)
        // Now and then two ticks arrive in one record, of which only the last makes the cut.
        var entries = [entry]
        if random.chance(0.05) {
            entries[0].price = asset.ticks(price(of: asset) * 0.9)
            entries.append(entry)
        }
        emit(.indexPrice(entries), from: Self.source(of: asset))
    }

    /// The marks of some perpetuals and futures of an underlying, and of a few options, which only compare.
    mutating func publishMarks(of asset: GeneratedAsset, share: Double) {
        var entries: [MarkPrice] = []
        for instrument in instruments where instrument.underlying.id == asset.id {
            guard random.chance(instrument.isOption ? 0.05 : share) else { continue }
            let premium = 1 + 0.001 * random.bell()
            let fair = instrument.fairPrice(spot: price(of: asset), volatility: volatility(of: asset), at: time)
            entries.append(
                MarkPrice(instrument: instrument.id, price: instrument.ticks(fair * premium), publishTime: time))
        }
        emit(.markPrice(entries), from: Self.source(of: asset))
    }

    /// The unsettled expiries of an underlying's options, ascending.
    func expiries(of asset: GeneratedAsset) -> [Timestamp] {
        Set(instruments.filter { $0.underlying.id == asset.id && $0.listing.expiry != .zero }.map(\.listing.expiry))
            .sorted()
    }

    mutating func publishForwards(of asset: GeneratedAsset) {
        var entries: [ForwardPoint] = []
        for expiry in expiries(of: asset) where random.chance(0.95) {
            let seconds = max(0, (expiry - time).inSeconds)
            let forward = price(of: asset) * (1 + 0.05 * seconds / 31_536_000 + 0.0005 * random.bell())
            // In the last half hour the settlement average fixes the forward bit by bit.
            let settled = seconds < 1800 ? forward * (1 - seconds / 1800) * 0.99 : 0
            entries.append(
                ForwardPoint(
                    underlying: asset.id, expiry: expiry, forward: asset.ticks(forward),
                    settledForward: settled > 0 ? asset.ticks(settled) : .zero, publishTime: time))
        }
        emit(.forwardPoint(entries), from: Self.source(of: asset))
    }

    /// A surface, whole or in two records; sometimes the second never comes.
    mutating func publishSurface(of asset: GeneratedAsset) {
        var entries: [VolatilityPoint] = []
        let spot = price(of: asset)
        for expiry in expiries(of: asset) {
            for moneyness in [0.7, 0.9, 1, 1.15, 1.4] where random.chance(0.9) {
                let smile = 1 + 0.8 * (moneyness - 1) * (moneyness - 1)
                let sigma = volatility(of: asset) * smile * (1 + 0.02 * random.bell())
                entries.append(
                    VolatilityPoint(
                        underlying: asset.id, expiry: expiry, strike: asset.ticks(spot * moneyness),
                        volatility: Volatility(Int64(sigma * 1e9)), last: false, publishTime: time))
            }
        }
        spoil(&entries)
        publishSlices(of: asset, inPlaceOf: &entries)
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].last = true
        guard random.chance(0.3) else {
            emit(.volatilityPoint(entries), from: Self.source(of: asset))
            return
        }
        let half = entries.count / 2
        emit(.volatilityPoint(Array(entries[..<half])), from: Self.source(of: asset))
        tick()
        if random.chance(0.8) { emit(.volatilityPoint(Array(entries[half...])), from: Self.source(of: asset)) }
    }

    mutating func publishRates(of asset: GeneratedAsset) {
        let entries = expiries(of: asset).map { expiry in
            RatePoint(
                underlying: asset.id, expiry: expiry, rate: Rate(Int64(random.number(-0.01, 0.12) * 1e9)),
                publishTime: time)
        }
        emit(.ratePoint(entries), from: Self.source(of: asset))
    }

    /// Prices of what has no index; the stablecoin loses its peg a little at times.
    mutating func publishCollateral() {
        var entries: [CollateralPrice] = []
        for asset in [GeneratedAsset.stablecoin, .gold, .token] where batches.count < 40 || random.chance(0.6) {
            let drift = 0.05 * (asset.price - price(of: asset)) / asset.price
            let moved = price(of: asset) * (1 + 0.05 * asset.volatility * random.bell() + drift)
            prices[asset.id] = min(max(moved, asset.price * 0.5), asset.price * 2)
            entries.append(
                CollateralPrice(
                    asset: asset.id, price: asset.ticks(price(of: asset)), confidence: confidence(),
                    publishTime: time))
        }
        emit(.collateralPrice(entries), from: Self.collateral)
    }

    mutating func passClock() {
        if random.chance(0.3) { time = Timestamp(time.nanoseconds + Int64(random.number(0.5, 4000) * 1e9)) }
        emit(.clock([Clock(time: time)]), from: Self.control)
    }
}
