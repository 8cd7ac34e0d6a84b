import MarginDomain

/// A pool's excess along a line of changes, and the searches on it: by bisection over the same code path that
/// evaluates pools, in whole lots or units.
///
/// The searches for cures are sliced (``Trials``); ``largest(upTo:)`` is a hundred scans, and made in one piece.
public struct MarginLine {
    private let holdings: PoolHoldings
    private let book: MarginBook
    private let line: ChangeLine
    private let trials: Trials
    /// Of one evaluation.
    private let work: Int
    /// Laid out by the first evaluation that is new.
    private var laidOut: Variations?
    /// Without any change.
    public let start: MarginExcess

    /// Nil for holdings without margin.
    ///
    /// - Parameter trials: whose work bounds all searches but ``largest(upTo:)``.
    public init?(
        _ line: ChangeLine, from holdings: PoolHoldings, in book: MarginBook, within trials: Trials = Trials()
    ) throws(SearchPause) {
        self.line = line
        self.holdings = holdings
        self.book = book
        self.trials = trials
        work = Work.evaluation(of: holdings)
        guard let start = try trials.excess(costing: work, { book.margin(of: holdings) }) else { return nil }
        self.start = start
    }

    /// The excess after `count` lots or units; nil where there would be no margin.
    public mutating func excess(at count: Int64) throws(SearchPause) -> MarginExcess? {
        guard let change = line.change(count) else { return nil }
        let trials = trials
        return try trials.excess(costing: work) { varied { $0.margin(adding: change) } }
    }

    /// The same in one piece.
    private mutating func wholeExcess(at count: Int64) -> MarginExcess? {
        line.change(count).flatMap { change in MarginExcess(varied { $0.margin(adding: change) }) }
    }

    private mutating func varied<Result>(_ body: (inout Variations) -> Result) -> Result {
        var variations = laidOut ?? Variations(of: holdings, in: book)
        laidOut = nil
        defer { laidOut = variations }
        return body(&variations)
    }

    /// The largest count such that it and everything below it ``MarginExcess/isAllowed(after:)``: any partial fill fits
    /// too.
    ///
    /// From a pool that meets its initial margin, the counts that fit are one interval from 0, because the excess is
    /// concave; from one that does not, they are the interval in which neither excess is lower, and whatever meets
    /// initial margin beyond it without a gap.
    public mutating func largest(upTo bound: Int64) -> Int64 {
        let pieces = pieces(upTo: bound)
        let start = start
        if start.initial >= .zero { return end(from: 0, pieces) { $0.initial >= .zero } }
        let harmless = end(from: 0, pieces) { $0.isNoWorse(than: start) }
        guard harmless < bound, let next = wholeExcess(at: harmless + 1), next.initial >= .zero else { return harmless }
        return end(from: harmless + 1, pieces) { $0.initial >= .zero }
    }

    /// The smallest count, from 1, at which initial margin is met; nil if none up to `bound` does.
    public mutating func least(upTo bound: Int64) throws(SearchPause) -> Int64? {
        var peak = 0 as Int64
        return try climb(upTo: bound, peak: &peak)
    }

    /// The count at which the excess over initial margin is largest, or the least that meets initial margin.
    public mutating func best(upTo bound: Int64) throws(SearchPause) -> Int64 {
        var peak = 0 as Int64
        let met = try climb(upTo: bound, peak: &peak)
        return met ?? peak
    }
}

extension MarginLine {
    /// The last count of the leading run that satisfies `holds`, which it does at `first`.
    private mutating func end(from first: Int64, _ pieces: [Int64], _ holds: (MarginExcess) -> Bool) -> Int64 {
        var low = first
        for piece in pieces where piece > low {
            if wholeExcess(at: piece).map(holds) ?? false {
                low = piece
                continue
            }
            var high = piece
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if wholeExcess(at: middle).map(holds) ?? false { low = middle } else { high = middle }
            }
            return low
        }
        return low
    }

    /// The ends of the pieces on which the excess is concave, ascending; the last is `bound`.
    ///
    /// One term is concave only piece by piece: a charge by the owner's size bends the other way where it reaches its
    /// largest rate.
    private mutating func pieces(upTo bound: Int64) -> [Int64] {
        guard case .trade(let instrument, _, _) = line else { return [bound] }
        _ = wholeExcess(at: 0)
        let before = varied { $0.deltas(of: instrument.underlying) }
        let probe = wholeExcess(at: min(bound, Self.probe)) == nil ? 1 : min(bound, Self.probe)
        _ = wholeExcess(at: probe)
        let after = varied { $0.deltas(of: instrument.underlying) }
        let capped = varied { $0.cappedSize(of: instrument.underlying) }
        var levels: [(Double, Double, Double)] = []
        for sign in [-1.0, 1] {
            levels.append((before.contracts, after.contracts, sign * capped.contracts))
            levels.append((before.net, after.net, sign * capped.net))
        }
        let bends = levels.compactMap { first, second, level -> Int64? in
            guard level.isFinite else { return nil }
            let reached = (first - level) / (first - second) * Double(probe)
            return reached > 0 && reached < Double(bound) ? Int64(reached) : nil
        }
        return (bends.flatMap { [$0, $0 + 1] } + [bound]).filter { $0 > 0 && $0 <= bound }.sorted()
    }

    /// Doubles the count until initial margin is met or the excess falls, then searches between.
    private mutating func climb(upTo bound: Int64, peak: inout Int64) throws(SearchPause) -> Int64? {
        if start.initial >= .zero { return nil }
        var (earlier, low, high) = (0 as Int64, 0 as Int64, min(1, bound))
        var highest = start.initial
        while high > low {
            let excess = try excess(at: high)?.initial
            if let excess, excess >= .zero { return try bisect(low, high) }
            guard let excess, excess.quanta >= highest.quanta - Self.roundingQuanta else {
                return try descend(earlier, high, peak: &peak)
            }
            peak = high
            (earlier, low, highest) = (low, high, max(highest, excess))
            high = high > bound / 2 ? bound : high * 2
        }
        return nil
    }

    /// Closes in on the peak between two counts, by thirds, until initial margin is met or nothing is between.
    private mutating func descend(
        _ low: Int64, _ high: Int64, peak: inout Int64
    ) throws(SearchPause) -> Int64? {
        var (low, high) = (low, high)
        while high - low > 2 {
            let third = (high - low) / 3
            let (left, right) = (low + third, high - third)
            guard let atRight = try excess(at: right)?.initial else {
                high = right
                continue
            }
            if atRight >= .zero { return try bisect(low, right) }
            guard let atLeft = try excess(at: left)?.initial else { return nil }
            if atLeft >= .zero { return try bisect(low, left) }
            if atLeft > atRight { high = right } else { low = left }
        }
        for count in low...high {
            guard let found = try excess(at: count)?.initial else { continue }
            if found >= .zero { return try bisect(low, count) }
            let highest = try excess(at: peak)?.initial
            if found > highest ?? .min { peak = count }
        }
        return nil
    }

    /// The first count above `low` that meets initial margin, which `high` does and `low` does not.
    private mutating func bisect(_ low: Int64, _ high: Int64) throws(SearchPause) -> Int64 {
        var (low, high) = (low, high)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if let found = try excess(at: middle), found.initial >= .zero { high = middle } else { low = middle }
        }
        return high
    }

    /// Lots by which slopes are measured: enough that the rounding of a cost does not show.
    private static var probe: Int64 { 1 << 16 }
    /// Charges are rounded up one by one: so many quanta are no fall.
    private static var roundingQuanta: Int64 { 64 }
}
