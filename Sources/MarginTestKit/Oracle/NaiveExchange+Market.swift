import MarginDomain

/// Section 4 of the rules: market inputs, and the cuts that follow them.
extension NaiveExchange {
    private static let second = Duration64.seconds(1)

    /// A record of prices: entry by entry, then one cut per underlying whose inputs changed.
    mutating func applyPrices(_ events: EventGroup, from source: SourceID) {
        var changed: Set<AssetID> = []
        var surfaces: Set<AssetID> = []
        switch events {
        case .indexPrice(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in
                changed.insert(try state.apply(entry, source))
            }
        case .forwardPoint(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in
                changed.insert(try state.apply(entry, source))
            }
        case .ratePoint(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in changed.insert(try state.apply(entry)) }
        case .markPrice(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in
                if let underlying = try state.apply(entry, source) { changed.insert(underlying) }
            }
        case .volatilityPoint(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in
                try state.apply(entry, source)
                if entry.last { surfaces.insert(entry.underlying) }
            }
        case .collateralPrice(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in changed.insert(try state.apply(entry)) }
        case .sviSlice(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in
                try state.apply(entry, source)
                if entry.last { surfaces.insert(entry.underlying) }
            }
        default: break
        }
        for u in changed.union(surfaces.filter { surfaceIsDue($0) }).sorted() { cut(u, .price) }
    }

    func inputs(of u: AssetID) throws(NaiveRefusal) -> NaiveInputs {
        guard let inputs = inputs[u] else { throw .unknown }
        return inputs
    }

    /// Refuses what was published before `old`, or more than a second after `now`.
    func check(_ publishTime: Timestamp, replacing old: Timestamp?) throws(NaiveRefusal) {
        if publishTime > now + Self.second { throw .untimely }
        if let old, publishTime < old { throw .untimely }
    }

    private mutating func apply(_ entry: IndexPrice, _ source: SourceID) throws(NaiveRefusal) -> AssetID {
        var inputs = try inputs(of: entry.underlying)
        if entry.price <= .zero { throw .outOfRange }
        try check(entry.publishTime, replacing: inputs.index?.publishTime)
        inputs.index = NaiveInputs.Published(number: entry.price, publishTime: entry.publishTime)
        inputs.indexConfidence = entry.confidence
        let day = entry.publishTime.nanoseconds / 86_400_000_000_000
        days.lastPrices[entry.underlying, default: [:]][day] = entry.price
        for (e, forward) in inputs.forwards where forward.indexWhenPublished == nil {
            inputs.forwards[e]?.indexWhenPublished = entry.price
        }
        inputs.sources[.indexPrice] = source
        self.inputs[entry.underlying] = inputs
        return entry.underlying
    }

    private mutating func apply(_ entry: ForwardPoint, _ source: SourceID) throws(NaiveRefusal) -> AssetID {
        var inputs = try inputs(of: entry.underlying)
        if entry.forward <= .zero || entry.settledForward < .zero || entry.settledForward > entry.forward {
            throw .outOfRange
        }
        try check(entry.publishTime, replacing: inputs.forwards[entry.expiry]?.publishTime)
        inputs.forwards[entry.expiry] = NaiveInputs.Forward(
            forward: entry.forward, settledForward: entry.settledForward, indexWhenPublished: inputs.index?.number,
            publishTime: entry.publishTime)
        inputs.sources[.forwardPoint] = source
        self.inputs[entry.underlying] = inputs
        return entry.underlying
    }

    private mutating func apply(_ entry: RatePoint) throws(NaiveRefusal) -> AssetID {
        var inputs = try inputs(of: entry.underlying)
        if entry.rate.billionths.magnitude > UInt64(10 * Rate.scale) { throw .outOfRange }
        try check(entry.publishTime, replacing: inputs.rates[entry.expiry]?.publishTime)
        inputs.rates[entry.expiry] = NaiveInputs.Published(number: entry.rate, publishTime: entry.publishTime)
        self.inputs[entry.underlying] = inputs
        return entry.underlying
    }

    /// Nil for an option, whose mark is only compared.
    private mutating func apply(_ entry: MarkPrice, _ source: SourceID) throws(NaiveRefusal) -> AssetID? {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        var inputs = try inputs(of: instrument.underlying)
        if entry.price <= .zero { throw .outOfRange }
        try check(entry.publishTime, replacing: inputs.marks[entry.instrument]?.publishTime)
        if case .option = instrument.contract { return nil }
        inputs.marks[entry.instrument] = NaiveInputs.Published(number: entry.price, publishTime: entry.publishTime)
        inputs.sources[.markPrice] = source
        self.inputs[instrument.underlying] = inputs
        return instrument.underlying
    }

    private mutating func apply(_ entry: CollateralPrice) throws(NaiveRefusal) -> AssetID {
        guard let asset = market.assets[entry.asset] else { throw .unknown }
        if asset.role == .underlying || asset.role == .numeraire { throw .contradiction }
        if entry.price <= .zero { throw .outOfRange }
        try check(entry.publishTime, replacing: collateralTimes[entry.asset])
        market.collateralPrices[entry.asset] = entry.price
        market.collateralConfidences[entry.asset] = entry.confidence
        collateralTimes[entry.asset] = entry.publishTime
        return entry.asset
    }

    /// Time passes: silent underlyings are cut, and surfaces that waited take effect.
    mutating func apply(_ clocks: [Clock]) {
        for clock in clocks { now = max(now, clock.time) }
        eventTime = now
        passDay()
        for u in inputs.keys.sorted() {
            let isSilent = market.cuts[u].map { now - $0.t >= Self.second } ?? false
            if isSilent || surfaceIsDue(u) { cut(u, .time) }
        }
    }

    mutating func apply(_ entry: SourceSilent) {
        switch entry.reason {
        case .heartbeatMissed, .gap: untrusted.insert(entry.subject)
        case .resumed: untrusted.remove(entry.subject)
        }
    }

    /// Whether the pending surface of an underlying takes effect with its next cut.
    private func surfaceIsDue(_ u: AssetID) -> Bool {
        guard let inputs = inputs[u], inputs.pendingIsComplete else { return false }
        return inputs.lastSurface.map { now - $0 >= Self.second } ?? true
    }

    /// Section 5: the market of an underlying becomes what its inputs are, and every pool exposed to it is evaluated.
    mutating func cut(_ u: AssetID, _ cause: Cause) {
        guard let asset = market.assets[u] else { return }
        var cause = cause
        if asset.role == .underlying {
            tryVolatilities(of: asset)
            if surfaceIsDue(u) {
                applySurface(of: u)
                cause = .volatility
            }
            market.cuts[u] = NaiveCut(
                of: asset, at: now, inputs: inputs[u] ?? NaiveInputs(),
                instruments: market.instruments.filter {
                    $0.value.underlying == u && !market.settled.contains($0.key)
                },
                parameters: market.parameters, after: market.cuts[u])
            let open = openInterest(of: u)
            market.cuts[u]?.openInterest = open
            let coins = perpetualCoins(of: u)
            market.cuts[u]?.perpetualCoins = coins
        }
        let members = Dictionary(grouping: memberships.keys) { memberships[$0] }
        var bound: Set<PoolID> = []
        for pool in pools.keys.sorted() {
            let held = NaiveHoldings(adding: (members[pool] ?? []).compactMap { holdings[$0] })
            guard isExposed(held, to: asset) else { continue }
            if let mutual = mutuals.isEmpty ? nil : mutualPool(binding: pool) {
                bound.insert(mutual)
            } else {
                evaluate(pool, cause)
            }
        }
        evaluate(all: bound, cause)
    }

    /// Whether a cut of an asset can move a pool.
    private func isExposed(_ holdings: NaiveHoldings, to asset: Asset) -> Bool {
        if holdings.B(asset.id, in: market) != 0 { return true }
        if asset.role == .underlying,
            holdings.orders.contains(where: { market.instruments[$0.instrument]?.underlying == asset.id })
        {
            return true
        }
        return holdings.positions.contains { id, position in
            guard let instrument = market.instruments[id], position.quantity != .zero else { return false }
            return asset.role == .underlying
                ? instrument.underlying == asset.id : instrument.settlementAsset == asset.id
        }
    }
}
