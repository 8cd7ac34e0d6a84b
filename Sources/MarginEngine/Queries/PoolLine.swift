import MarginDomain
import MarginModel

/// Searches along a line of changes of a pool, under whatever decides about it: the default model, whose excess is concave,
/// or a published method or a mutual pool, of which only evaluations say anything.
enum PoolLine {
    case concave(MarginLine)
    case tried(TriedLine)

    /// Without any change.
    var start: MarginExcess {
        switch self {
        case .concave(let line): line.start
        case .tried(let line): line.start
        }
    }

    mutating func excess(at count: Int64) -> MarginExcess? {
        switch self {
        case .concave(var line):
            defer { self = .concave(line) }
            return line.excess(at: count)
        case .tried(let line): return line.excess(at: count)
        }
    }

    mutating func largest(upTo bound: Int64, _ allowance: Allowance) -> Int64 {
        switch self {
        case .concave(var line):
            defer { self = .concave(line) }
            return line.largest(upTo: bound)
        case .tried(let line): return line.largest(upTo: bound, allowance)
        }
    }

    mutating func least(upTo bound: Int64) -> Int64? {
        switch self {
        case .concave(var line):
            defer { self = .concave(line) }
            return line.least(upTo: bound)
        case .tried(let line): return line.least(upTo: bound)
        }
    }

    mutating func best(upTo bound: Int64) -> Int64 {
        switch self {
        case .concave(var line):
            defer { self = .concave(line) }
            return line.best(upTo: bound)
        case .tried(let line): return line.best(upTo: bound)
        }
    }
}

extension EngineState {
    /// A line of changes from holdings of a pool; nil if they have no margin.
    ///
    /// - Parameter budget: what the question may cost where every count is an evaluation of its own.
    func line(
        _ line: ChangeLine, from holdings: PoolHoldings, in place: PoolIndex, within budget: TrialBudget
    ) -> PoolLine? {
        guard pools[place.number].group != nil || pools[place.number].model != nil else {
            return MarginLine(line, from: holdings, in: book).map { .concave($0) }
        }
        return TriedLine(line, from: holdings, within: budget) { self.margin(of: $0, in: place) }.map { .tried($0) }
    }
}
