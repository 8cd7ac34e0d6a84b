public import MarginDomain

/// The market of one underlying `u` at a cut: paragraph 2 of the page.
///
/// Holds copies of the inputs, the listed instruments and the parameters as they were at the cut, so that whatever is
/// computed from it later is as of the cut. Rows are computed when somebody first asks for them and then kept: they
/// are functions of the copies alone.
public struct NaiveCut: Sendable {
    /// `u`.
    public let asset: Asset
    /// Time of the cut.
    public let t: Timestamp
    /// As published by then.
    public let inputs: NaiveInputs
    /// Listed, unsettled instruments of `u` at the cut.
    public let instruments: [InstrumentID: Instrument]
    /// In force at the cut.
    public let parameters: NaiveParameters
    /// The scenario columns, in canonical order; none without a range.
    public private(set) var columns: [NaiveColumn] = []
    /// `S̄` in millionths of a tick; nil before there is an index price and a range.
    public private(set) var slow: Int128?
    /// Time of the cut that last moved `S̄`.
    private var slowTime = Timestamp.zero
    var rows: [InstrumentID: NaiveRow?] = [:]
    /// `O_u` in quanta.
    var openInterest = 0.0
    /// Coins of linear perpetuals that all who are long have.
    public internal(set) var perpetualCoins = 0.0

    /// Takes the market of an underlying as it is, after its last cut.
    public init(
        of asset: Asset, at t: Timestamp, inputs: NaiveInputs, instruments: [InstrumentID: Instrument],
        parameters: NaiveParameters, after last: NaiveCut? = nil
    ) {
        self.asset = asset
        self.t = t
        self.inputs = inputs
        self.instruments = instruments
        self.parameters = parameters
        if let R { columns = NaiveColumn.all(R: R, halfSteps: halfSteps, parameters: parameters) }
        followIndex(after: last)
    }

    /// `S`; nil without a positive index price.
    public var S: Double? {
        guard let price = inputs.index?.number, price > .zero else { return nil }
        return asset.dollars(price)
    }

    /// `R_u`; nil if the parameters do not name `u`.
    public var R: Double? { parameters.underlyings[asset.id]?.range.fraction }

    /// `H_e`: the settled part of the forward of `e`; 0 without a forward.
    public func H(_ e: Timestamp) -> Double {
        guard let point = inputs.forwards[e] else { return 0 }
        return asset.dollars(point.settledForward)
    }

    /// `F_e = H + (F₀ − H)·(S/S₀)`.
    public func F(_ e: Timestamp) -> Double? {
        guard let point = inputs.forwards[e], let S else { return nil }
        let F0 = asset.dollars(point.forward)
        let S0 = point.indexWhenPublished.map(asset.dollars) ?? S
        let F = H(e) + (F0 - H(e)) * (S / S0)
        return F > 0 ? F : nil
    }

    /// `τ_e` in years of 31 536 000 s; 0 for perpetuals.
    public func tau(_ e: Timestamp?) -> Double {
        guard let e else { return 0 }
        return Double(max(0, (e - t).nanoseconds)) / 3.1536e16
    }

    /// `r_e`, 0 if none was published.
    public func r(_ e: Timestamp) -> Double { inputs.rates[e]?.number.fraction ?? 0 }

    /// `D_e = exp(−r·τ)`, exactly 1 for `r = 0`.
    public func D(_ e: Timestamp) -> Double {
        let rate = r(e)
        return rate == 0 ? 1 : NaiveBlack76.exponential(-(rate * tau(e)))
    }

    /// `σ(e, K)`: the slice's; without one the published point, else linear between its neighbours, else the nearest end.
    public func sigma(_ e: Timestamp, _ strike: Price) -> Double? {
        if let slice = inputs.slices[e]?.number { return slice.sigma(asset.dollars(strike)) }
        guard let points = inputs.volatilities[e], !points.isEmpty else { return nil }
        if let point = points[strike] { return point.number.fraction }
        let below = points.keys.filter { $0 < strike }.max()
        let above = points.keys.filter { $0 > strike }.min()
        switch (below, above) {
        case (let K0?, let K1?):
            guard let low = points[K0], let high = points[K1] else { return nil }
            let (s0, s1) = (low.number.fraction, high.number.fraction)
            let part = (asset.dollars(strike) - asset.dollars(K0)) / (asset.dollars(K1) - asset.dollars(K0))
            return s0 + (s1 - s0) * part
        case (let K0?, nil): return points[K0]?.number.fraction
        case (nil, let K1?): return points[K1]?.number.fraction
        case (nil, nil): return nil
        }
    }

    /// Whether the newest volatility of an expiry was too old at the cut, by the parameters of the cut.
    func isAged(_ e: Timestamp?) -> Bool {
        guard let e, parameters["volatilityAge"] > 0, e > t else { return false }
        let times = inputs.volatilities[e, default: [:]].values.map(\.publishTime)
        guard let newest = inputs.slices[e]?.publishTime ?? times.max() else { return false }
        return (t - newest).nanoseconds > parameters.ratio("volatilityAge").billionths
    }

    /// `M_i`.
    public func M(_ instrument: Instrument) -> Double? {
        guard let price = inputs.marks[instrument.id]?.number, price > .zero else { return nil }
        return Double(price.ticks) * instrument.priceExponent.scale
    }

    /// Whether any listed, unexpired option or future of `u` has `DTE ≤ 3`.
    public var halfSteps: Bool {
        for instrument in instruments.values {
            guard let e = instrument.expiry, e > t else { continue }
            if tau(e) * 365 <= parameters["halfStepDays"] { return true }
        }
        return false
    }

    /// `S̄` moves towards the index price by at most `speed·Δt` of itself; it starts at the first.
    private mutating func followIndex(after last: NaiveCut?) {
        slow = last?.slow
        slowTime = last?.slowTime ?? t
        guard S != nil, R != nil, let price = inputs.index?.number else { return }
        let target = Int128(price.ticks) * 1_000_000
        if let old = slow {
            let speed = Int128(parameters.ratio("slowPricePerSecond").billionths)
            let part = min(speed * Int128((t - slowTime).nanoseconds), 1_000_000_000_000_000_000)
            let (product, overflow) = old.multipliedReportingOverflow(by: part)
            let step = product / 1_000_000_000_000_000_000
            slow = overflow ? target : target > old ? min(target, old + step) : max(target, old - step)
        } else {
            slow = target
        }
        slowTime = t
    }

    /// `m̄`: how far `S̄` is from the index price beyond the band, at most `R`.
    public var slowMove: Double {
        guard let slow, let price = inputs.index?.number, S != nil, let R else { return 0 }
        let spot = Int128(price.ticks) * 1_000_000
        let away = Double(slow - spot) / Double(spot)
        let beyond = away.magnitude - parameters["slowPriceBand"]
        if beyond <= 0 { return 0 }
        return away < 0 ? -min(beyond, R) : min(beyond, R)
    }
}
