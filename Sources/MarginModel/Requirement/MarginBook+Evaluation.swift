import CMarginKernels
public import MarginDomain

extension MarginBook {
    /// A pool's margin on the rows as they are. Scans only what changed since the last time.
    public mutating func margin(of pool: PoolSlot) -> PoolMargin {
        scan(pool)
        if let cash = pools[pool.index].plainCash {
            let place = pools[pool.index].sections[0]
            let sums = underlyings[place.underlying].arena.sums[place.section]
            if sums.bound < EngineLimits.exactSumMax, underlyings[place.underlying].table.isCalm(parameters.addOns),
                isFree(sums, pools[pool.index], underlyings[place.underlying].table.freeSize(parameters.addOns))
            {
                let funding = underlyings[place.underlying].funding(of: place.section)
                return Self.plain(sums, cash: cash, funding: funding, Requirement.Rates(parameters))
            }
        }
        return assemble(pools[pool.index], LiveSections())
    }

    /// Brings a pool's sums up to date, for whoever asks about its binding scenarios but not about its margin.
    public mutating func scan(_ pool: PoolSlot) {
        for number in pools[pool.index].sections.indices { rescan(pools[pool.index].sections[number]) }
    }

    /// Evaluates every pool that is exposed to an underlying, then hands them over in ascending order of pool id.
    ///
    /// One batched scan, whatever the number of pools: 0.1 µs for a pool of ten positions.
    public mutating func evaluate(exposedTo underlying: AssetID, _ body: (PoolSlot, PoolMargin) -> Void) {
        guard let place = place(of: underlying) else { return }
        underlyings[place].arena.pack()
        let order = ordered(place)
        // SPEED: scanned and added up block by block, while the sums are in the nearest cache.
        let block = underlyings[place].liesInOrder ? Self.blockSections : order.count
        for start in stride(from: 0, to: order.count, by: max(block, 1)) {
            let end = min(start + block, order.count)
            underlyings[place].scan(start..<end)
            rescanOthers(of: order[start..<end], place)
            handOver(order[start..<end], place, body)
        }
    }

    /// Sections that are scanned together.
    private static let blockSections = 256

    /// Brings the other sections of the pools up to date, which ledger events may have changed.
    private mutating func rescanOthers(of sections: ArraySlice<Int>, _ place: Int) {
        for section in sections {
            let pool = underlyings[place].arena.owners[section].pool.index
            guard pools[pool].sections.count > 1 else { continue }
            for number in pools[pool].sections.indices { rescan(pools[pool].sections[number]) }
        }
    }

    /// Evaluates the pools of scanned sections.
    private func handOver(_ sections: ArraySlice<Int>, _ place: Int, _ body: (PoolSlot, PoolMargin) -> Void) {
        let rates = Requirement.Rates(parameters)
        let isCalm = underlyings[place].table.isCalm(parameters.addOns)
        let freeSize = underlyings[place].table.freeSize(parameters.addOns)
        for section in sections where !underlyings[place].arena.isIdle(section) {
            let pool = underlyings[place].arena.owners[section].pool
            // SPEED: nearly all pools hold one underlying and cash; they take 30 instead of 150 ns, see Benchmarks.
            if isCalm, let cash = pools[pool.index].plainCash {
                let sums = underlyings[place].arena.sums[section]
                if sums.bound < EngineLimits.exactSumMax, isFree(sums, pools[pool.index], freeSize) {
                    let funding = underlyings[place].funding(of: section)
                    body(pool, Self.plain(sums, cash: cash, funding: funding, rates))
                    continue
                }
            }
            body(pool, assemble(pools[pool.index], LiveSections()))
        }
    }

    /// The margin of a pool with one underlying and numeraire cash: what `assemble` says of it, without looking around.
    @inline(__always)
    private static func plain(
        _ sums: mk_sums, cash: Int64, funding: Double, _ rates: Requirement.Rates
    ) -> PoolMargin {
        var totals = UnderlyingTotals()
        totals.add(sums)
        let equity = Int128(cash) + Int128(Int64(totals.coin)) + Int128(Int64(totals.value))
        var requirement = Requirement(totals, joint: nil, rates)
        requirement.funding = funding
        return PoolMargin(requirement, equity: equity, rates.factors)
    }

    /// Whether a pool's owner has too little for a charge by size; one with other pools is looked at more closely.
    @inline(__always)
    private func isFree(
        _ sums: mk_sums, _ record: borrowing PoolRecord, _ free: (net: Double, contracts: Double)
    ) -> Bool {
        if free.net == .infinity, free.contracts == .infinity { return true }
        return abs(sums.delta + sums.coin) <= free.net && abs(sums.own_delta) <= free.contracts
            && record.owner.isAlone
    }

    /// The margin that holdings would have: the same formulas and kernels on a copy.
    public func margin(of holdings: PoolHoldings) -> PoolMargin {
        let trial = Trial(holdings, book: self)
        return assemble(trial.record, trial)
    }

    private mutating func rescan(_ place: PoolRecord.SectionPlace) {
        let stamp = underlyings[place.underlying].table.stamp
        guard underlyings[place.underlying].arena.scanned[place.section] != stamp || stamp == 0 else { return }
        underlyings[place.underlying].scan(place.section..<place.section + 1)
    }
}

/// Sections in the book's own arenas.
struct LiveSections: ScannedSections {
    func sums(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> mk_sums {
        book.underlyings[place.underlying].arena.sums[place.section]
    }

    func joint(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> JointMinima {
        book.underlyings[place.underlying].arena.jointMinima(of: place.section)
    }

    func hasPositions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> Bool {
        book.underlyings[place.underlying].arena.sections[place.section].count > 0
    }

    func orders(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [OpenOrder] {
        book.underlyings[place.underlying].arena.orders(place.section)
    }

    func positions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [(row: Int, lots: Double)] {
        let arena = book.underlyings[place.underlying].arena
        return arena.positions(place.section).map { (row: Int(arena.rowAt[$0]), lots: arena.lots[$0]) }
    }

    func value(
        of place: PoolRecord.SectionPlace, settledIn coin: AssetID, _ book: borrowing MarginBook
    ) -> Double {
        book.underlyings[place.underlying].value(of: place.section, settledIn: coin)
    }
}
