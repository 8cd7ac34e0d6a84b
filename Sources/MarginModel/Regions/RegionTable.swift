import CMarginKernels

/// The regions of all pools in one underlying: where the market may go before a pool must be looked at again.
///
/// One entry a section: prices between which spot may be, and how much width there is. Entries are a cache beside the arena:
/// a section without an entry is *loose*, and looked at in every cut. Sixty-four entries make a block, which is looked into
/// only when the market leaves the narrowest of them.
struct RegionTable: Sendable {
    var low: [Float] = []
    var high: [Float] = []
    /// From the market point that the entry names.
    var width: [Float] = []
    var point: [UInt8] = []
    /// The box in whose bounds the last region was found.
    var box: [UInt8] = []
    /// Sections that are looked at in every cut: whether one is, whether it is in the list, and the list, in which some may
    /// be that no longer are.
    private var isExact: [Bool] = []
    private var isListed: [Bool] = []
    private var exact: [Int] = []
    private(set) var exactCount = 0

    private(set) var blockLow: [Float] = []
    private(set) var blockHigh: [Float] = []
    /// The least width that is left in a block from the latest point.
    private(set) var blockWidth: [Float] = []

    /// Points that entries name, nil where nobody does; how far the latest is from each.
    private(set) var points: [MarketPoint?] = []
    private(set) var gone = [Float](repeating: 0, count: RegionTable.pointsMax)
    private(set) var latest = 0
    var latestPoint: MarketPoint? { points.isEmpty ? nil : points[latest] }
    /// How far the market is from the latest point.
    var extra = 0.0

    /// What all entries take for granted; nil while there are none.
    private(set) var conditions: RegionConditions?
    private var timeFactors: [Double] = []
    /// Years to each expiry when regions began.
    private var years: [Double] = []

    static let blockSize = 64
    /// Points that entries may name.
    static let pointsMax = 256
    /// The box that a pool's first region is looked for in.
    static let firstBox: UInt8 = 2

    func isBounded(group: Int) -> Bool { conditions.map { $0.groups[group].isBounded } ?? false }
    func timeFactor(ofGroup group: Int) -> Double { timeFactors[group] }

    /// How far the market is from a box's middle.
    func gone(from box: RegionBox) -> Double { box.gone + extra }

    /// Makes room for every section; new ones are loose.
    mutating func cover(sections: Int) {
        let missing = sections - low.count
        guard missing > 0 else { return }
        low.append(contentsOf: repeatElement(.infinity, count: missing))
        high.append(contentsOf: repeatElement(0, count: missing))
        width.append(contentsOf: repeatElement(0, count: missing))
        point.append(contentsOf: repeatElement(0, count: missing))
        box.append(contentsOf: repeatElement(Self.firstBox, count: missing))
        isExact.append(contentsOf: repeatElement(false, count: missing))
        isListed.append(contentsOf: repeatElement(false, count: missing))
        let blocks = (sections + Self.blockSize - 1) / Self.blockSize - blockLow.count
        blockLow.append(contentsOf: repeatElement(.infinity, count: max(blocks, 0)))
        blockHigh.append(contentsOf: repeatElement(0, count: max(blocks, 0)))
        blockWidth.append(contentsOf: repeatElement(0, count: max(blocks, 0)))
        // The last block may have been full of entries until now.
        for block in max(0, blockLow.count - max(blocks, 0) - 1)..<blockLow.count { sum(block) }
    }

    /// Whether an expiry has come so near that time must be measured anew.
    func isOld(_ now: [Double]) -> Bool {
        zip(years, now).contains { $0 > RegionMetric.shortestYears && $1 < RegionMetric.half * $0 }
    }

    /// Takes a section's entry away.
    mutating func loosen(_ section: Int) {
        guard section < low.count, low[section] < .infinity else { return }
        if isExact[section] {
            isExact[section] = false
            exactCount -= 1
        }
        low[section] = .infinity
        high[section] = 0
        blockLow[section / Self.blockSize] = .infinity
    }

    func isExact(_ section: Int) -> Bool { isExact[section] }

    func isLoose(_ section: Int) -> Bool { section >= low.count || low[section] == .infinity }

    /// Gives a section an entry. Prices are rounded inwards.
    mutating func set(_ section: Int, low: Double, high: Double, width: Double, box: UInt8) {
        self.low[section] = low > 0 ? Float(low).nextUp : 0
        self.high[section] = high < .infinity ? Float(high).nextDown : .infinity
        self.width[section] = width < .infinity ? Float(width).nextDown : .infinity
        point[section] = UInt8(latest)
        self.box[section] = box
        sum(section / Self.blockSize)
    }

    /// A section that is looked at in every cut, or, without lots and coin, in none.
    mutating func set(_ section: Int, isExact exact: Bool) {
        set(section, low: 0, high: .infinity, width: .infinity, box: box[section])
        guard exact != isExact[section] else { return }
        isExact[section] = exact
        exactCount += exact ? 1 : -1
        guard exact, !isListed[section] else { return }
        isListed[section] = true
        self.exact.append(section)
    }

    /// Drops those from the list of exact sections that no longer are, once they are many.
    private mutating func dropInexact() {
        guard exact.count > 2 * exactCount + 64 else { return }
        for section in exact where !isExact[section] { isListed[section] = false }
        exact.removeAll { !isExact[$0] }
    }

    private mutating func sum(_ block: Int) {
        var (least, most, left) = (Float(0), Float.infinity, Float.infinity)
        for section in block * Self.blockSize..<min((block + 1) * Self.blockSize, low.count) {
            least = max(least, low[section])
            most = min(most, high[section])
            left = min(left, width[section] - gone[Int(point[section])])
        }
        (blockLow[block], blockHigh[block], blockWidth[block]) = (least, most, left)
    }

    /// The sections that must be looked at with spot here.
    mutating func left(at spot: Double) -> [Int] {
        dropInexact()
        // Whoever is on the wrong side of rounding is looked at.
        let (spot, extra) = (Float(spot), Float(extra).nextUp)
        var sections = exact.filter { isExact[$0] }
        for block in blockLow.indices
        where !(spot > blockLow[block] && spot < blockHigh[block] && extra <= blockWidth[block]) {
            for section in block * Self.blockSize..<min((block + 1) * Self.blockSize, low.count) {
                let isInside =
                    spot > low[section] && spot < high[section] && extra <= width[section] - gone[Int(point[section])]
                if !isInside { sections.append(section) }
            }
        }
        return sections
    }

    /// Whether the market has gone so far from the latest point that entries should be made from a new one.
    var wantsPoint: Bool { extra > 0.002 }
}

extension RegionTable {
    /// Forgets all entries, and begins anew under other conditions.
    mutating func void(_ conditions: RegionConditions, timeFactors: [Double], sections: Int, at point: MarketPoint) {
        self.conditions = conditions
        self.timeFactors = timeFactors
        years = point.groups.map(\.years)
        for section in low.indices { (low[section], high[section]) = (.infinity, 0) }
        isExact = [Bool](repeating: false, count: isExact.count)
        isListed = isExact
        exact = []
        exactCount = 0
        points = [MarketPoint?](repeating: nil, count: Self.pointsMax)
        gone = [Float](repeating: 0, count: Self.pointsMax)
        points[0] = point
        latest = 0
        extra = 0
        for block in blockLow.indices { (blockLow[block], blockHigh[block], blockWidth[block]) = (.infinity, 0, 0) }
        cover(sections: sections)
    }

    /// Forgets all entries until there are conditions again.
    mutating func suspend() {
        conditions = nil
        // Points are of instruments as they were listed then.
        points = []
    }

    /// Measures from a new point.
    ///
    /// - Parameter distance: how far the market is from an earlier one.
    mutating func measure(from new: MarketPoint, _ distance: (MarketPoint) -> Double) {
        for number in points.indices {
            guard let point = points[number] else { continue }
            gone[number] = Float(distance(point)).nextUp
        }
        latest = freePoint()
        points[latest] = new
        gone[latest] = 0
        extra = 0
        for block in blockLow.indices { sum(block) }
    }

    /// A place for a point: one that no entry names; else all entries of the farthest are taken away.
    private mutating func freePoint() -> Int {
        if let free = points.firstIndex(where: { $0 == nil }) { return free }
        var isNamed = [Bool](repeating: false, count: Self.pointsMax)
        for section in point.indices where low[section] < .infinity { isNamed[Int(point[section])] = true }
        for number in points.indices where !isNamed[number] { points[number] = nil }
        if let free = points.firstIndex(where: { $0 == nil }) { return free }
        let farthest = gone.indices.max { gone[$0] < gone[$1] } ?? 0
        for section in point.indices where Int(point[section]) == farthest {
            (low[section], high[section]) = (.infinity, 0)
        }
        return farthest
    }
}
