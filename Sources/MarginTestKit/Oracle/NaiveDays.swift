import MarginDomain

/// Ranges that follow the market: paragraph 14 of the page.
///
/// Keeps every close, and computes whatever it is asked from all of them.
public struct NaiveDays: Sendable {
    /// The last price of a day, and the rules of the day on which it was taken.
    struct Close: Sendable {
        let price: Price
        let lambda: Double
        let limit: Double
    }

    /// Of the last record, in days since 1970.
    var today: Int64?
    /// The last accepted price that was published on each day.
    var lastPrices: [AssetID: [Int64: Price]] = [:]
    /// In order.
    var closes: [AssetID: [Close]] = [:]
    /// `D_u`.
    var D: [AssetID: Ratio] = [:]
    /// What the next step puts in force.
    public internal(set) var announced: NaiveParameters?
    /// The last number that the engine gave to a set.
    var lastVersion: UInt32 = 1 << 31

    /// Before the first record.
    public init() {}

    /// `σ_u`; nil before there are thirty returns.
    func sigma(_ u: AssetID) -> Double? {
        let closes = closes[u] ?? []
        let returns = zip(closes, closes.dropFirst()).map { before, after in
            (r: NaiveBlack76.logarithm(Double(after.price.ticks) / Double(before.price.ticks)), after)
        }
        if returns.count < 30 { return nil }
        var v = returns.prefix(30).reduce(0.0) { $0 + $1.r * $1.r } / 30
        for (r, close) in returns.dropFirst(30) {
            var square = r * r
            if close.limit > 0, v > 0 { square = min(square, close.limit * close.limit * v) }
            v = close.lambda * v + (1 - close.lambda) * square
        }
        return v.squareRoot()
    }

    /// `D_u` after the next step.
    func next(_ u: AssetID, _ base: NaiveParameters) -> Ratio {
        guard let sigma = sigma(u), let own = base.underlyings[u] else { return .zero }
        let w = base["stressedWeight"]
        let stressed = max(own.range, own.stressedRange).fraction
        let T = (1 - w) * (base["dynamicMultiple"] * sigma) + w * stressed
        let D = D[u]?.billionths ?? 0
        let inForce = max(own.range.billionths, D)
        let least = D - base.ratio("dynamicFall").billionths * D / 1_000_000_000
        let most = inForce + base.ratio("dynamicRise").billionths * inForce / 1_000_000_000
        let rounded = Int64((T * 1e9).rounded(.toNearestOrEven))
        return Ratio([max(rounded, least), most, 600_000_000].min() ?? 0)
    }
}

extension NaiveParameters {
    /// With every range at least that of a list; unchanged, version and all, if all are.
    func widened(_ ranges: [AssetID: Ratio], version: UInt32) -> NaiveParameters {
        var set = self
        for (u, range) in ranges where underlyings[u] != nil {
            if range > underlyings[u]?.range ?? .zero { set.underlyings[u]?.range = range }
        }
        if set.underlyings != underlyings { set.version = ParameterVersion(version) }
        return set
    }
}

/// Section 8 of the rules: days.
extension NaiveExchange {
    /// Makes the step into a new day, if `now` is the first time in it.
    mutating func passDay() {
        let today = now.nanoseconds / 86_400_000_000_000
        guard let last = days.today, today > last else {
            days.today = days.today ?? today
            return
        }
        days.today = today
        if base["dynamicMultiple"] == 0 { return }
        for u in base.underlyings.keys { days.D[u] = days.next(u, base) }
        if let announced = days.announced {
            market.parameters = announced
            for u in market.cuts.keys.sorted() { cut(u, .parameters) }
        }
        for u in inputs.keys {
            guard let price = days.lastPrices[u]?[last], isTrusted(u) else { continue }
            days.closes[u, default: []].append(
                NaiveDays.Close(price: price, lambda: base["dynamicDecay"], limit: base["dynamicLimit"]))
        }
        announce()
    }

    /// People have put another set in force: the ranges of today hold over it.
    mutating func baseChanged() {
        if base["dynamicMultiple"] == 0 {
            days.closes = [:]
            days.D = [:]
        }
        market.parameters = base.widened(days.D, version: days.lastVersion + 1)
        days.lastVersion = max(days.lastVersion, market.parameters.version.rawValue)
        announce()
    }

    private mutating func announce() {
        var next: [AssetID: Ratio] = [:]
        for u in base.underlyings.keys { next[u] = days.next(u, base) }
        if base["dynamicMultiple"] == 0 { next = [:] }
        let set = base.widened(next, version: days.lastVersion + 1)
        let isSame = set.underlyings.mapValues(\.range) == market.parameters.underlyings.mapValues(\.range)
        days.announced = isSame ? nil : set
        if let announced = days.announced { days.lastVersion = max(days.lastVersion, announced.version.rawValue) }
    }
}
