import MarginDomain
import MarginModel

/// What the entries of one price record touched.
struct TouchedMarkets {
    /// Underlyings to cut.
    var underlyings: Set<AssetID> = []
    /// Assets without rows whose price changed.
    var collateral: Set<AssetID> = []
    /// Whether a price changed what is known of days that are over.
    var closes = false
}

extension EngineState {
    /// Takes the entries of a price record, then makes one cut per underlying that they touched, in order of asset.
    mutating func applyPrices(
        _ effects: inout RecordEffects,
        _ take: (inout EngineState, inout TouchedMarkets, inout RecordEffects) -> Void
    ) {
        var touched = TouchedMarkets()
        take(&self, &touched, &effects)
        if touched.closes { renewHistory() }
        for underlying in touched.underlyings.sorted() { cut(underlying, because: .price, &effects) }
        for asset in touched.collateral.sorted() { revalue(asset, &effects) }
        if touched.closes { evaluate(historicalPools, because: .price, &effects) }
    }

    mutating func take(
        _ price: IndexPrice, from source: SourceID, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects
    ) {
        guard isUnderlying(price.underlying, &effects), isPositive(price.price, &effects),
            isTimely(price.publishTime, replacing: book.market(of: price.underlying)?.index?.publishTime, &effects)
        else { return }
        book.apply(price)
        if closes.note(price.price, of: price.underlying, published: price.publishTime) { touched.closes = true }
        trust.record(.index, of: price.underlying, from: source)
        touched.underlyings.insert(price.underlying)
    }

    mutating func take(
        _ point: ForwardPoint, from source: SourceID, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects
    ) {
        guard isUnderlying(point.underlying, &effects), isPositive(point.forward, &effects) else { return }
        guard point.settledForward >= .zero, point.settledForward <= point.forward else {
            return effects.refuse(.outOfRange(field: "settledForward"))
        }
        let known = book.market(of: point.underlying)?.forward(of: point.expiry)?.publishTime
        guard isTimely(point.publishTime, replacing: known, &effects) else { return }
        book.apply(point)
        trust.record(.forward, of: point.underlying, from: source)
        touched.underlyings.insert(point.underlying)
    }

    mutating func take(_ point: RatePoint, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects) {
        guard isUnderlying(point.underlying, &effects) else { return }
        guard point.rate.billionths.magnitude <= UInt64(10 * Rate.scale) else {
            return effects.refuse(.outOfRange(field: "rate"))
        }
        let known = book.market(of: point.underlying)?.rate(of: point.expiry)?.publishTime
        guard isTimely(point.publishTime, replacing: known, &effects) else { return }
        book.apply(point)
        touched.underlyings.insert(point.underlying)
    }

    mutating func take(
        _ price: MarkPrice, from source: SourceID, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects
    ) {
        guard let instrument = reference.instruments[price.instrument] else {
            return effects.refuse(.unknownInstrument(price.instrument))
        }
        // An option's mark may be zero: it is only compared with the model's.
        guard price.price > .zero || !instrument.carriesCost else {
            return effects.refuse(.outOfRange(field: "price"))
        }
        let known = book.market(of: instrument.underlying)?.mark(of: price.instrument)?.publishTime
        guard isTimely(price.publishTime, replacing: known, &effects) else { return }
        book.apply(price)
        guard instrument.carriesCost else { return }
        trust.record(.mark, of: instrument.underlying, from: source)
        touched.underlyings.insert(instrument.underlying)
    }

    mutating func take(_ price: CollateralPrice, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects) {
        guard let asset = reference.assets[price.asset] else { return effects.refuse(.unknownAsset(price.asset)) }
        guard asset.role == .stablecoin || asset.role == .collateral else {
            return effects.refuse(.outOfRange(field: "asset"))
        }
        guard isPositive(price.price, &effects),
            isTimely(price.publishTime, replacing: book.collateralPrice(of: price.asset)?.publishTime, &effects)
        else { return }
        book.apply(price)
        touched.collateral.insert(price.asset)
    }

    mutating func take(
        _ point: VolatilityPoint, from source: SourceID, _ touched: inout TouchedMarkets,
        _ effects: inout RecordEffects
    ) {
        guard isUnderlying(point.underlying, &effects) else { return }
        guard point.volatility > .zero, point.volatility <= EngineLimits.volatilityMax else {
            return effects.refuse(.outOfRange(field: "volatility"))
        }
        let pending = surfaces[point.underlying]?.published(point.expiry, point.strike)
        let effective = book.market(of: point.underlying)?.volatilityTime(of: point.expiry, strike: point.strike)
        guard isTimely(point.publishTime, replacing: pending ?? effective, &effects),
            hasRoom(for: point.last, of: point.underlying, &effects)
        else { return }
        if let market = book.market(of: point.underlying),
            surfaces[point.underlying, default: PendingSurface()].isFull(for: point, beside: market)
        {
            return effects.refuse(.tooManyStrikes(point.expiry))
        }
        surfaces[point.underlying, default: PendingSurface()].add(point)
        trust.record(.volatility, of: point.underlying, from: source)
        if point.last, surfaces[point.underlying]?.isDue(at: now) == true {
            touched.underlyings.insert(point.underlying)
        }
    }

    mutating func take(
        _ slice: SviSlice, from source: SourceID, _ touched: inout TouchedMarkets, _ effects: inout RecordEffects
    ) {
        guard isUnderlying(slice.underlying, &effects) else { return }
        let market = book.market(of: slice.underlying)
        let pending = surfaces[slice.underlying]?.published(slice.expiry)
        guard
            isTimely(slice.publishTime, replacing: pending ?? market?.volatilityTime(of: slice.expiry), &effects),
            hasRoom(for: slice.last, of: slice.underlying, &effects)
        else { return }
        do throws(SVIFault) {
            guard let curve = try market?.curve(of: slice) else { return effects.refuse(.sliceWithoutForward) }
            surfaces[slice.underlying, default: PendingSurface()].add(slice, curve)
        } catch { return effects.refuse(.svi("\(error)")) }
        trust.record(.volatility, of: slice.underlying, from: source)
        if slice.last, surfaces[slice.underlying]?.isDue(at: now) == true {
            touched.underlyings.insert(slice.underlying)
        }
    }

    /// Whether another volatility may wait; one that ends the surface always may.
    private func hasRoom(for last: Bool, of underlying: AssetID, _ effects: inout RecordEffects) -> Bool {
        guard !last, let surface = surfaces[underlying], surface.count >= EngineLimits.waitingVolatilitiesMax else {
            return true
        }
        effects.refuse(.tooManyWaiting(underlying))
        return false
    }

    mutating func apply(_ event: SourceSilent) {
        let wasWhole = trust.isWhole
        if wasWhole { catchUpAll() }
        trust.record(event)
        // What is not trusted may not decide: states depend on it, and margins do not.
        if trust.isWhole != wasWhole { book.suspendRegions() }
    }

    func isUnderlying(_ id: AssetID, _ effects: inout RecordEffects) -> Bool {
        guard let asset = reference.assets[id] else {
            effects.refuse(.unknownAsset(id))
            return false
        }
        guard asset.role == .underlying else {
            effects.refuse(.outOfRange(field: "underlying"))
            return false
        }
        return true
    }

    private func isPositive(_ price: Price, _ effects: inout RecordEffects) -> Bool {
        if price > .zero { return true }
        effects.refuse(.outOfRange(field: "price"))
        return false
    }

    /// Neither ahead of the engine's time nor older than what is in place.
    func isTimely(_ time: Timestamp, replacing known: Timestamp?, _ effects: inout RecordEffects) -> Bool {
        if time > now + .seconds(EngineLimits.futureToleranceSeconds) {
            effects.refuse(.fromTheFuture)
            return false
        }
        if let known, time < known {
            effects.refuse(.superseded)
            return false
        }
        return true
    }
}
