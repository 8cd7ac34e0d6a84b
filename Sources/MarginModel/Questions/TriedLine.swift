import MarginDomain

/// A pool's excess along a line of changes where nothing is known of its shape: under a published method, or for a
/// member of a mutual pool, whose credit depends on everybody.
///
/// ``MarginLine`` rests on concavity. Here every answer rests on evaluations alone, of which there is a bounded number
/// (``Trials``): what is between two counts that were tried is not known.
public struct TriedLine {
    private let line: ChangeLine
    private let holdings: PoolHoldings
    private let margin: (PoolHoldings) -> PoolMargin
    private let trials: Trials
    /// Of one evaluation.
    private let work: Int
    /// Without any change.
    public let start: MarginExcess

    /// Nil for holdings without margin, or with no evaluation left.
    ///
    /// - Parameters:
    ///   - work: what an evaluation costs (``Work``).
    ///   - margin: what decides about the pool, were these its holdings.
    public init?(
        _ line: ChangeLine, from holdings: PoolHoldings, within trials: Trials, costing work: Int,
        _ margin: @escaping (PoolHoldings) -> PoolMargin
    ) throws(SearchPause) {
        self.line = line
        self.holdings = holdings
        self.margin = margin
        self.trials = trials
        self.work = work
        guard let start = try trials.excess(costing: work, { margin(holdings) }) else { return nil }
        self.start = start
    }

    /// The excess after `count` lots or units; nil where there would be no margin, or with no evaluation left.
    public func excess(at count: Int64) throws(SearchPause) -> MarginExcess? {
        guard count != 0 else { return start }
        guard let change = line.change(count) else { return nil }
        return try trials.excess(costing: work) {
            var changed = holdings
            changed.add(change)
            return margin(changed)
        }
    }
}

/// What a search lets a pool come to.
public enum Allowance: Sendable {
    /// Initial margin, or no worse off than before.
    case initialMargin
    /// No worse off than before.
    case reducing

    func allows(_ after: MarginExcess, before: MarginExcess) -> Bool {
        switch self {
        case .initialMargin: after.isAllowed(after: before)
        case .reducing: after.isNoWorse(than: before)
        }
    }
}

extension TriedLine {
    /// The largest count that is allowed with everything tried below it: doubled from one until it is not, closed in
    /// on to a lot, then verified at every thirty-second of it and where the position is flat. Where one of these is
    /// not allowed, the search goes on below it.
    public func largest(
        upTo bound: Int64, _ allowance: Allowance = .initialMargin
    ) throws(SearchPause) -> Int64 {
        let start = start
        func isAllowed(_ count: Int64) throws(SearchPause) -> Bool {
            guard let excess = try excess(at: count) else { return false }
            return allowance.allows(excess, before: start)
        }
        var (end, next) = (0 as Int64, min(1, bound))
        while end < next, try isAllowed(next) {
            end = next
            next = end > bound / 2 ? bound : end * 2
        }
        if end < next { end = try Self.edge(end, next, isAllowed) }
        for _ in 0..<Self.roundsMax {
            let (passed, refused) = try firstRefused(of: checkpoints(below: end), isAllowed)
            guard let refused else { return end }
            end = try Self.edge(passed, refused, isAllowed)
        }
        return end
    }

    /// The first of ascending counts that is not allowed, and the last before it.
    private func firstRefused(
        of points: [Int64], _ isAllowed: (Int64) throws(SearchPause) -> Bool
    ) throws(SearchPause) -> (passed: Int64, refused: Int64?) {
        var passed = 0 as Int64
        for point in points {
            guard try isAllowed(point) else { return (passed, point) }
            passed = point
        }
        return (passed, nil)
    }

    /// A count, from 1, at which initial margin is met and one less does not; nil if none was found up to `bound`. The
    /// search follows the slope at the beginning and ends where the excess falls.
    public func least(upTo bound: Int64) throws(SearchPause) -> Int64? { try climb(upTo: bound).met }

    /// What ``least(upTo:)`` finds, or else the tried count with the largest excess over initial margin.
    public func best(upTo bound: Int64) throws(SearchPause) -> Int64 {
        let (met, peak) = try climb(upTo: bound)
        return met ?? peak
    }

    private func isMet(_ count: Int64) throws(SearchPause) -> Bool {
        guard let excess = try excess(at: count) else { return false }
        return excess.initial >= .zero
    }

    private func climb(upTo bound: Int64) throws(SearchPause) -> (met: Int64?, peak: Int64) {
        if start.initial >= .zero || bound < 1 { return (nil, 0) }
        var probe = min(Self.probe, bound)
        if try excess(at: probe) == nil { probe = 1 }
        guard let first = try excess(at: probe)?.initial else { return (nil, 0) }
        if first >= .zero { return (try Self.edge(probe, 0, isMet), 0) }
        var (low, highest, peak) = (probe, first, first > start.initial ? probe : 0)
        var next = guess(first, at: probe, upTo: bound)
        while next > low {
            guard let found = try excess(at: next)?.initial else { break }
            if found >= .zero { return (try Self.edge(next, near(next, above: low), isMet), peak) }
            guard found > highest else { break }
            (low, highest, peak) = (next, found, next)
            next = next > bound / 2 ? bound : next * 2
        }
        // A position may be worth closing to the end though halfway it was not.
        if bound < EngineLimits.positionLotsMax, bound > low, try isMet(bound) {
            return (try Self.edge(bound, low, isMet), peak)
        }
        return (nil, peak)
    }

    /// Where the slope leads; a step on if it leads nowhere.
    private func guess(_ first: Value, at probe: Int64, upTo bound: Int64) -> Int64 {
        let slope = (Double(first.quanta) - Double(start.initial.quanta)) / Double(probe)
        let reached = slope > 0 ? (-Double(start.initial.quanta) / slope).rounded(.up) : 0
        return min(bound, max(probe + 1, reached < Double(bound) ? Int64(reached) : bound))
    }

    /// A count below one that meets initial margin which does not, looked for close to it first.
    private func near(_ met: Int64, above low: Int64) throws(SearchPause) -> Int64 {
        var step = 1 as Int64
        while step < met - low {
            if try !isMet(met - step) { return met - step }
            step = step > met / 4 ? met : step * 4
        }
        return low
    }

    /// Between a count that has a property and one that has not, either way around: the last that has it, next to one
    /// that has not.
    private static func edge(
        _ having: Int64, _ lacking: Int64, _ has: (Int64) throws(SearchPause) -> Bool
    ) throws(SearchPause) -> Int64 {
        var (having, lacking) = (having, lacking)
        while abs(having - lacking) > 1 {
            let middle = having + (lacking - having) / 2
            if try has(middle) { having = middle } else { lacking = middle }
        }
        return having
    }

    /// Counts at which an answer is verified, ascending.
    private func checkpoints(below end: Int64) -> [Int64] {
        var points = Set((1..<Self.parts).map { Int64((Int128(end) * $0) / Self.parts) })
        if case .trade(let instrument, let side, _) = line {
            let held = holdings.positions.first { $0.instrument == instrument.id }?.lots.lots ?? 0
            let flat = -held * Int128(side.rawValue)
            points.formUnion([flat - 1, flat, flat + 1].compactMap { Int64(exactly: $0) })
        }
        return points.filter { $0 > 0 && $0 < end }.sorted()
    }

    private static var parts: Int128 { 32 }
    private static var roundsMax: Int { 3 }
    /// Units by which a slope is measured: enough that the rounding of a cost does not show.
    private static var probe: Int64 { 1 << 12 }
}
