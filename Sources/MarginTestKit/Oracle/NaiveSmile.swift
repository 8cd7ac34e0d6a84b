import MarginDomain

/// The volatilities of one expiry at a moment, to look for arbitrage: paragraph 2 of the page.
struct NaiveSmile {
    let F: Double
    let tau: Double
    /// Positive strikes in dollars with their volatilities, ascending; nil with a slice.
    let points: [(K: Double, sigma: Double)]?
    let slice: NaiveSlice?

    /// `ε`.
    var epsilon: Double { max(0.0001, 0.01 * tau.squareRoot()) }

    /// The undiscounted call over the forward.
    private func call(K: Double, sigma: Double) -> Double {
        NaiveBlack76.black(
            isCall: true, forward: F, strike: K, logMoneyness: NaiveSlice.logRatio(F, K),
            deviation: sigma * tau.squareRoot()) / F
    }

    /// `c(k)`.
    func c(_ k: Double) -> Double {
        let m = NaiveBlack76.exponential(k)
        return NaiveBlack76.black(
            isCall: true, forward: 1, strike: m, logMoneyness: -k, deviation: sigma(F * m) * tau.squareRoot())
    }

    private func sigma(_ K: Double) -> Double {
        if let slice { return slice.sigma(K) }
        guard let points, let first = points.first, let last = points.last else { return 0 }
        if K <= first.K { return first.sigma }
        if K > last.K { return last.sigma }
        for (low, high) in zip(points, points.dropFirst()) where K > low.K && K <= high.K {
            return low.sigma + (high.sigma - low.sigma) * ((K - low.K) / (high.K - low.K))
        }
        return last.sigma
    }

    /// Where it is compared with others.
    var places: [Double] {
        if let points { return points.map { NaiveSlice.logRatio($0.K, F) } }
        return (-8...8).map { Double($0) * (tau.squareRoot() / 4) }
    }

    /// Whether a place lies between its first and last strike.
    func reaches(_ k: Double) -> Bool {
        guard points != nil else { return true }
        return places.contains { $0 <= k } && places.contains { $0 >= k }
    }

    /// Whether a spread or a butterfly earns more than `ε`.
    var hasStrikeArbitrage: Bool {
        guard let points else { return false }
        let c = points.map { call(K: $0.K, sigma: $0.sigma) }
        for i in c.indices.dropLast() {
            if c[i + 1] - c[i] > epsilon { return true }
            if c[i] - c[i + 1] - (points[i + 1].K - points[i].K) / F > epsilon { return true }
        }
        for i in c.indices.dropFirst().dropLast() {
            let part = (points[i].K - points[i - 1].K) / (points[i + 1].K - points[i - 1].K)
            if c[i] - (c[i - 1] + (c[i + 1] - c[i - 1]) * part) > epsilon { return true }
        }
        return false
    }

    /// Whether it is cheaper than an earlier expiry somewhere.
    func hasCalendar(after earlier: NaiveSmile) -> Bool {
        (places + earlier.places).contains { k in
            reaches(k) && earlier.reaches(k) && earlier.c(k) - c(k) > earlier.epsilon
        }
    }
}

extension NaiveExchange {
    static let patience = Duration64.seconds(60)

    /// What can be compared of an expiry; nil without a forward, a volatility or time.
    func smile(of e: Timestamp, _ inputs: NaiveInputs, _ asset: Asset) -> NaiveSmile? {
        let cut = NaiveCut(of: asset, at: now, inputs: inputs, instruments: [:], parameters: market.parameters)
        guard cut.tau(e) > 0, let F = cut.F(e) else { return nil }
        if let slice = inputs.slices[e]?.number { return NaiveSmile(F: F, tau: cut.tau(e), points: nil, slice: slice) }
        let points = inputs.volatilities[e, default: [:]].filter { $0.key > .zero }.sorted { $0.key < $1.key }
            .map { (K: asset.dollars($0.key), sigma: $0.value.number.fraction) }
        return points.isEmpty ? nil : NaiveSmile(F: F, tau: cut.tau(e), points: points, slice: nil)
    }

    /// Whether an expiry's volatilities, the newest of them, are at most a minute old.
    private func isFresh(_ e: Timestamp, _ inputs: NaiveInputs) -> Bool {
        let times = inputs.volatilities[e, default: [:]].values.map(\.publishTime)
        guard let newest = inputs.slices[e]?.publishTime ?? times.max() else { return false }
        return now - newest <= Self.patience
    }

    /// Puts what waits of each expiry in force, unless something could be earned on it.
    func admitting(_ pending: [NaiveInputs.Pending], to standing: NaiveInputs, of asset: Asset)
        -> (inputs: NaiveInputs, refused: Int)
    {
        var inputs = standing
        var refused = 0
        var accepted: Set<Timestamp> = []
        let arriving = Set(pending.map(\.expiry))
        let all = Set(standing.slices.keys).union(standing.volatilities.keys).union(arriving).sorted()
        for e in arriving.sorted() {
            let entries = pending.filter { $0.expiry == e }
            let hasForward = forward(of: e, inputs, asset) != nil
            // The nearest before it that counts; after it, only up to the next one that arrives.
            let before = all.reversed().filter { $0 < e && (accepted.contains($0) || isFresh($0, inputs)) }
                .compactMap { smile(of: $0, inputs, asset) }.first
            let limit = arriving.filter { $0 > e }.min() ?? Timestamp(.max)
            let after = all.filter { $0 > e && $0 < limit && isFresh($0, inputs) }
                .compactMap { smile(of: $0, inputs, asset) }.first
            let found = ways(for: entries, into: e, of: inputs, asset).first { candidate in
                guard let own = smile(of: e, candidate, asset) else { return true }
                let hasArbitrage =
                    own.hasStrikeArbitrage || before.map { own.hasCalendar(after: $0) } ?? false
                    || after.map { $0.hasCalendar(after: own) } ?? false
                return !hasArbitrage
            }
            if let found {
                inputs = found
                accepted.insert(e)
                if !hasForward, entries.contains(where: { $0.slice == nil }) { inputs.untried.insert(e) }
            } else {
                refused += 1
            }
        }
        return (inputs, refused)
    }
}

extension NaiveInputs {
    /// With volatilities in force, in order of arrival.
    func taking(_ entries: [Pending]) -> NaiveInputs {
        var inputs = self
        for entry in entries {
            if let slice = entry.slice {
                inputs.volatilities[entry.expiry] = nil
                inputs.slices[entry.expiry] = Published(number: slice, publishTime: entry.publishTime)
            } else if let strike = entry.strike {
                inputs.slices[entry.expiry] = nil
                inputs.volatilities[entry.expiry, default: [:]][strike] = Published(
                    number: entry.volatility, publishTime: entry.publishTime)
            }
        }
        return inputs
    }
}
