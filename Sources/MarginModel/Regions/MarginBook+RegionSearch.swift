import CMarginKernels
import MarginDomain

extension MarginBook {
    /// Looks for a pool's region around the market as it is, and keeps what it finds.
    ///
    /// - Parameter isAlone: whether the pool's owner has no other pool.
    public mutating func renewRegion(
        of slot: PoolSlot, _ watch: RegionWatch, isAlone: Bool
    ) -> RegionOutcome {
        let record = pools[slot.index]
        let factors = [watch.lower, watch.upper].compactMap { $0?.factor }
        guard factors.allSatisfy({ $0 * parameters.factors.initial <= RegionMetric.scanMax }) else {
            return keepExact(slot, because: .lifeCycle)
        }
        let exposed = record.sections.filter { !underlyings[$0.underlying].arena.isIdle($0.section) }
        guard exposed.allSatisfy({ underlyings[$0.underlying].regions.conditions != nil }) else { return .later }
        for place in record.sections {
            underlyings[place.underlying].regions.cover(sections: underlyings[place.underlying].arena.sections.count)
        }
        scan(slot)
        if let reason = exactReason(record, exposed, isAlone: isAlone) {
            return keepExact(slot, because: reason)
        }
        guard case .success(let requirement, _) = evaluate(record, LiveSections()) else {
            return keepExact(slot, because: .unpriced)
        }
        guard requirement.totals.bound < RegionMetric.sumMax else {
            return keepExact(slot, because: .size)
        }
        for place in record.sections { underlyings[place.underlying].regions.set(place.section, isExact: false) }
        guard !exposed.isEmpty else { return .found }
        let kernelWatch = kernelWatch(watch, requirement, rounding: rounding(exposed))
        var box = Int(underlyings[exposed[0].underlying].regions.box[exposed[0].section])
        var sides = search(exposed, kernelWatch, box: box)
        let better = Self.box(for: sides)
        if better != box {
            box = better
            sides = search(exposed, kernelWatch, box: box)
        }
        for (place, side) in zip(exposed, sides) {
            guard isFree(place, side, box: box) else {
                return keepExact(slot, because: .ownerSize)
            }
        }
        for (place, side) in zip(exposed, sides) { keep(side, place, box: box, spread: slot.index) }
        return .found
    }

    private func exactReason(
        _ record: PoolRecord, _ exposed: [PoolRecord.SectionPlace], isAlone: Bool
    ) -> ExactReason? {
        if record.orderCount > 0 { return .orders }
        if !record.settlementCoins.isEmpty { return .settlementCoin }
        if !record.orphans.isEmpty { return .unpriced }
        if exposed.count > mk_region_underlyings { return .underlyings }
        if chargesOwners, !isAlone || !record.owner.isAlone { return .ownerSize }
        for place in exposed {
            let book = underlyings[place.underlying]
            for position in book.arena.positions(place.section)
            where !book.regions.isBounded(group: Int(book.table.groupOfRow[Int(book.arena.rowAt[position])])) {
                return .unbounded
            }
        }
        return nil
    }

    /// What rounding to quanta can do to an excess: docs/safe-regions.md §6.
    private func rounding(_ exposed: [PoolRecord.SectionPlace]) -> Double {
        exposed.reduce(0.0) { sum, place in
            let arena = underlyings[place.underlying].arena
            return sum + arena.positions(place.section).reduce(1024.0) { $0 + 8 * abs(arena.lots[$1]) }
        }
    }

    private func kernelWatch(_ watch: RegionWatch, _ requirement: Requirement, rounding: Double) -> mk_watch {
        func level(_ level: RegionWatch.Level?) -> mk_level {
            guard let level else { return mk_level() }
            let factors = parameters.factors
            let (scan, charges) =
                switch level.requirement {
                case .nothing: (0.0, 0.0)
                case .maintenance: (factors.maintenance, 1.0)
                case .release: (factors.release, 1.0)
                case .initial: (factors.initial, 1.0)
                }
            let slack = level.slack - rounding * max(1, level.factor)
            return mk_level(
                slack: max(slack, 0), scan: level.factor * scan, charges: level.factor * charges,
                is_initial: level.requirement == .initial ? 1 : 0, unused: 0)
        }
        return mk_watch(
            has_lower: watch.lower == nil ? 0 : 1, has_upper: watch.upper == nil ? 0 : 1, lower: level(watch.lower),
            upper: level(watch.upper), kappa: parameters.scan.kappa,
            floor_room: requirement.scan - requirement.floor)
    }

    /// The smallest box with room for three times what a region reaches.
    private static func box(for sides: [mk_sides]) -> Int {
        let reach = sides.reduce(Double.infinity) { min($0, $1.reach) }
        let wanted = 3 * reach * RegionMetric.spotSpeed
        return RegionMetric.boxes.firstIndex { $0.spot >= wanted } ?? RegionMetric.boxes.count - 1
    }

    /// Whether sizes inside a region stay free of charges.
    private func isFree(_ place: PoolRecord.SectionPlace, _ side: mk_sides, box: Int) -> Bool {
        let floor = underlyings[place.underlying].freeFloor
        guard chargesOwners, floor.net < .infinity || floor.contracts < .infinity else { return true }
        let book = underlyings[place.underlying]
        let sums = book.arena.sums[place.section]
        let bounds = book.sensitivities.boxes[box].bounds
        let move = max(side.fall, side.rise)
        // Of contracts first, then of coin.
        var change = 0.0
        for position in book.arena.positions(place.section) {
            let centre = (Int(book.arena.rowAt[position]) * mk_bound_vectors + mk_centre) * SensitivityTable.lanes
            let wide = centre + mk_tangent_vectors * SensitivityTable.lanes
            change +=
                abs(book.arena.lots[position])
                * (Double(bounds[centre + mk_bound_delta]) * move + Double(bounds[wide + mk_bound_delta]) * side.width
                    + 1)
        }
        return abs(sums.own_delta) + change <= floor.contracts
            && abs(sums.delta + sums.coin) + change + abs(sums.coin) * move + 1 <= floor.net
    }

    /// Writes a side down, no wider than its box, and a little narrower for each pool, so that they do not all end at once.
    private mutating func keep(_ side: mk_sides, _ place: PoolRecord.SectionPlace, box: Int, spread: Int) {
        let book = underlyings[place.underlying]
        let spot = book.table.spot
        let bounds = book.sensitivities.boxes[box]
        let part = 0.8 + 0.2 * Double((spread &* 0x9E37_79B1) & 0xFFFF) / 65536
        let (lowest, highest) = (bounds.spot * (1 - bounds.spotReach), bounds.spot * (1 + bounds.spotReach))
        let low = max(spot * (1 - side.fall), spot - (spot - lowest) * part)
        let high = min(spot * (1 + side.rise), spot + (highest - spot) * part)
        let width = min(side.width, (bounds.width - book.regions.gone(from: bounds)) * part)
        underlyings[place.underlying].regions.set(
            place.section, low: low, high: high, width: width - book.regions.extra, box: UInt8(box))
    }

    /// Where the market may go in each of the pool's underlyings.
    private mutating func search(
        _ exposed: [PoolRecord.SectionPlace], _ watch: mk_watch, box: Int
    ) -> [mk_sides] {
        for place in exposed {
            if underlyings[place.underlying].renewTangents(parameters) { ledger.noteRows() }
            if underlyings[place.underlying].renewBox(box, parameters) { ledger.noteRows() }
        }
        ledger.note(regions: 1)
        return sides(exposed, watch, box: box)
    }
}
