import CMarginKernels
public import MarginDomain

/// How regions are used.
public struct RegionRules: Hashable, Sendable {
    /// Fewest pools that are worth it.
    public var poolsMin: Int
    /// Whether regions may be given up while they cost more than they save.
    public var adapts: Bool

    public init(poolsMin: Int, adapts: Bool) {
        self.poolsMin = poolsMin
        self.adapts = adapts
    }

    public static let standard = RegionRules(poolsMin: 256, adapts: true)
    /// Every cut evaluates everything.
    public static let none = RegionRules(poolsMin: .max, adapts: false)
    /// Regions wherever they can be had, for tests.
    public static let always = RegionRules(poolsMin: 0, adapts: false)
}

extension MarginBook {
    /// Which pools a cut must evaluate, after the refresh that makes it: docs/safe-regions.md §1.
    public mutating func scope(ofCut underlying: AssetID) -> CutScope {
        guard let place = place(of: underlying), pools.count >= regionRules.poolsMin else { return .all }
        guard !ledger.isPaused else {
            ledger.noteFullCut()
            return .all
        }
        guard isFit(place) else {
            suspendRegions(place)
            return .all
        }
        let conditions = RegionConditions(underlyings[place], parameters, version: parametersVersion)
        if underlyings[place].regions.conditions != conditions || !keepsFreeSize(place)
            || underlyings[place].regions.isOld(underlyings[place].table.yearsOfGroup)
        {
            void(place, conditions)
            return .all
        }
        underlyings[place].measureWidth()
        underlyings[place].regions.cover(sections: underlyings[place].arena.sections.count)
        return scope(ofMeasured: place)
    }

    private mutating func scope(ofMeasured place: Int) -> CutScope {
        let left = underlyings[place].regions.left(at: underlyings[place].table.spot)
        var slots: [PoolSlot] = []
        for section in left {
            guard !underlyings[place].arena.isIdle(section) else {
                underlyings[place].regions.set(section, isExact: false)
                continue
            }
            let slot = underlyings[place].arena.owners[section].pool
            slots.append(slot)
            if underlyings[place].regions.isExact(section) { continue }
            // The market left one side of the region: the others say nothing any more.
            loosen(slot)
            renewals.append(slot)
        }
        let count = underlyings[place].arena.sections.count
        ledger.note(cutOf: count, evaluated: slots.count, blocks: count / RegionTable.blockSize)
        if regionRules.adapts, ledger.givesUp(pools: pools.count) {
            for place in underlyings.indices { suspendRegions(place) }
            return .all
        }
        if slots.count * 4 > count, regionRules.adapts { return .all }
        return .some(slots.sorted { pools[$0.index].id < pools[$1.index].id })
    }

    /// Whether regions hold at all in an underlying: nothing is charged that they do not know.
    private func isFit(_ place: Int) -> Bool {
        underlyings[place].table.cut != nil && underlyings[place].table.fault == nil
            && underlyings[place].table.isCalm(parameters.addOns)
    }

    /// Whether sizes that were free when regions were found are free now.
    private func keepsFreeSize(_ place: Int) -> Bool {
        let free = underlyings[place].table.freeSize(parameters.addOns)
        return free.net >= underlyings[place].freeFloor.net && free.contracts >= underlyings[place].freeFloor.contracts
    }

    /// Begins anew in an underlying: every pool in it is looked at until it has another region.
    private mutating func void(_ place: Int, _ conditions: RegionConditions) {
        loosenAll(exposedTo: place)
        let free = underlyings[place].table.freeSize(parameters.addOns)
        underlyings[place].freeFloor = (free.net / 2, free.contracts / 2)
        underlyings[place].voidRegions(conditions, parameters)
        // All are to be found again, a few at a time.
        for owner in underlyings[place].arena.owners { renewals.append(owner.pool) }
    }

    /// Uses no regions in an underlying until it is fit for them.
    private mutating func suspendRegions(_ place: Int) {
        guard underlyings[place].regions.conditions != nil else { return }
        loosenAll(exposedTo: place)
        underlyings[place].regions.suspend()
    }

    /// Changes how regions are used.
    public mutating func use(_ rules: RegionRules) {
        suspendRegions()
        regionRules = rules
        ledger = RegionLedger()
    }

    /// Uses no regions anywhere until the next cuts: what is trusted changed.
    public mutating func suspendRegions() {
        for place in underlyings.indices { suspendRegions(place) }
    }

    private mutating func loosenAll(exposedTo place: Int) {
        for owner in underlyings[place].arena.owners { loosen(owner.pool) }
    }

    /// Takes a pool's region away: something about the pool changed.
    public mutating func loosen(_ pool: PoolSlot) {
        exactReasons[pool] = nil
        for section in pools[pool.index].sections { underlyings[section.underlying].regions.loosen(section.section) }
    }

    /// The next pool that wants a region; nil if none does.
    public mutating func nextRenewal() -> PoolSlot? {
        while let pool = renewals.popFirst() {
            let isLoose = pools[pool.index].sections.contains {
                underlyings[$0.underlying].regions.isLoose($0.section)
            }
            if isLoose { return pool }
        }
        return nil
    }

    /// Evaluates a pool in every cut from now on, until it is loosened.
    @discardableResult
    public mutating func keepExact(_ pool: PoolSlot, because reason: ExactReason) -> RegionOutcome {
        exactReasons[pool] = reason
        for section in pools[pool.index].sections {
            underlyings[section.underlying].regions.cover(
                sections: underlyings[section.underlying].arena.sections.count)
            underlyings[section.underlying].regions.set(section.section, isExact: true)
        }
        return .exact(reason)
    }

    /// How many pools are evaluated in every cut, by reason.
    public var exactPools: [ExactReason: Int] { exactReasons.counts }

    /// How many pools wait to be looked at, or will be in the next cut.
    public var loosePools: Int {
        pools.count { record in
            record.sections.contains {
                underlyings[$0.underlying].regions.isLoose($0.section)
                    && !underlyings[$0.underlying].arena.isIdle($0.section)
            }
        }
    }
}

extension MarginBook {
    /// Whether cuts may leave pools out.
    public var usesRegions: Bool { pools.count >= regionRules.poolsMin }

    /// Whether an underlying that a pool is exposed to was cut after a version of the rows.
    public func wasCut(_ pool: PoolSlot, after version: RowsVersion) -> Bool {
        pools[pool.index].sections.contains {
            underlyings[$0.underlying].cutVersion > version && !underlyings[$0.underlying].arena.isIdle($0.section)
        }
    }

    /// The underlying, of those that a pool is exposed to, that was cut last.
    public func latestCut(of pool: PoolSlot) -> AssetID? {
        pools[pool.index].sections.filter { !underlyings[$0.underlying].arena.isIdle($0.section) }
            .max { underlyings[$0.underlying].cutVersion < underlyings[$1.underlying].cutVersion }?.asset
    }
}
