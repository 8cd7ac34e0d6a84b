import MarginDefault
import MarginDomain
public import MarginModel

/// Cuts that evaluate only the pools that may have reached a level: docs/safe-regions.md.
///
/// Who is not evaluated keeps its state for certain; its margin is worked out when somebody asks. So nothing that leaves
/// the engine depends on regions.
extension EngineState {
    /// Whether a cut that did not evaluate a pool moved its prices since its last evaluation.
    private func isBehind(_ pool: Pool, _ slot: PoolSlot) -> Bool {
        pool.group == nil && pool.margin != nil && book.wasCut(slot, after: pool.asOf)
    }

    /// A pool as it would be if every cut had evaluated it.
    func current(_ place: PoolIndex) -> Pool {
        let pool = pools[place.number]
        guard let slot = pool.slot, isBehind(pool, slot) else { return pool }
        return caughtUp(pool, deciding(book.margin(of: book.holdings(of: slot)), of: place), slot)
    }

    /// Evaluates a pool that is behind.
    mutating func catchUp(_ place: PoolIndex) {
        guard let slot = pools[place.number].slot, isBehind(pools[place.number], slot) else { return }
        let margin = deciding(book.margin(of: slot), of: place)
        assert(
            next(place, at: margin, under: rules) == pools[place.number].state,
            "pool \(pools[place.number].id) reached a level inside its region")
        pools[place.number] = caughtUp(pools[place.number], margin, slot)
    }

    private func caughtUp(_ pool: Pool, _ margin: PoolMargin, _ slot: PoolSlot) -> Pool {
        var pool = pool
        pool.margin = margin
        pool.cause = book.latestCut(of: slot).flatMap { causes[$0] } ?? pool.cause
        pool.asOf = book.rowsVersion
        return pool
    }

    /// Evaluates every pool that is behind, before something changes that is not a cut.
    mutating func catchUpAll() {
        guard book.usesRegions else { return }
        for number in pools.indices { catchUp(PoolIndex(place: Int32(number))) }
    }

    /// How many pools are evaluated in every cut, by reason, and how many have no region yet.
    public var regionCounts: (exact: [ExactReason: Int], loose: Int) { (book.exactPools, book.loosePools) }

    /// Looks for the regions of pools that wait for one, where the market stood at its last cuts.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public mutating func renewRegions(atMost count: Int) -> Int {
        var done = 0
        while done < count, let slot = book.nextRenewal() {
            renewRegion(of: poolOfSlot[slot.index], slot)
            done += 1
        }
        return done
    }

    /// Changes how regions are used; the next cut of every underlying evaluates everything.
    public mutating func use(_ rules: RegionRules) {
        catchUpAll()
        book.use(rules)
    }

    private mutating func renewRegion(of place: PoolIndex, _ slot: PoolSlot) {
        let pool = pools[place.number]
        // The members of a mutual pool are evaluated with it.
        if pool.group != nil {
            book.keepExact(slot, because: .mutual)
            return
        }
        guard pool.model == nil else {
            book.keepExact(slot, because: .method)
            return
        }
        catchUp(place)
        let margin = book.margin(of: slot)
        guard let watch = watch(of: place, at: margin) else {
            book.keepExact(slot, because: margin.status == .margined ? .lifeCycle : .unpriced)
            return
        }
        let isAlone = pool.ownerPlace.map { owners.all[$0.number].pools.count == 1 } ?? false
        _ = book.renewRegion(of: slot, watch, isAlone: isAlone)
    }

    /// Between which levels a pool stays in its state; nil where that is not so simple.
    private func watch(of place: PoolIndex, at margin: PoolMargin) -> RegionWatch? {
        guard margin.status == .margined else { return nil }
        let levels = levels(of: place, at: margin)
        let state = pools[place.number].state
        guard levels.hasPositions else {
            guard state == .healthy, levels.equity >= .zero else { return nil }
            return RegionWatch(lower: .init(.nothing, slack: Double(levels.equity.quanta)), upper: nil)
        }
        let hysteresis = 1 + rules.hysteresis.fraction
        let warning = rules.warningFactor.fraction
        func lower(_ requirement: RegionWatch.Requirement, _ state: LifeCycle, _ factor: Double = 1) -> RegionWatch
            .Level?
        {
            guard let level = levels.level(of: state, under: rules), levels.equity >= level else { return nil }
            return .init(requirement, factor: factor, slack: Double((levels.equity - level).quanta))
        }
        func upper(_ requirement: RegionWatch.Requirement, _ factor: Double) -> RegionWatch.Level? {
            let exit = levels.exit(from: state, under: rules)
            guard levels.equity < exit else { return nil }
            return .init(requirement, factor: factor, slack: Double((exit - levels.equity).quanta))
        }
        let (below, above): (RegionWatch.Level?, RegionWatch.Level?)
        switch state {
        case .healthy: return lower(.initial, .warning, warning).map { RegionWatch(lower: $0, upper: nil) }
        case .warning: (below, above) = (lower(.initial, .restricted), upper(.initial, warning * hysteresis))
        case .restricted: (below, above) = (lower(.release, .marginCall), upper(.initial, hysteresis))
        case .marginCall: (below, above) = (lower(.maintenance, .liquidating), upper(.release, hysteresis))
        case .liquidating: (below, above) = (lower(.nothing, .defaulted), upper(.release, 1))
        case .defaulted: return upper(.release, 1).map { RegionWatch(lower: nil, upper: $0) }
        case .quarantined: return nil
        }
        guard let below, let above else { return nil }
        return RegionWatch(lower: below, upper: above)
    }
}
