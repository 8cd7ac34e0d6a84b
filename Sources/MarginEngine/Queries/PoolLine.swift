import MarginDomain
import MarginModel

/// Searches along a line of changes of a pool, under whatever decides about it: the default model, whose excess is concave,
/// or a published method or a mutual pool, of which only evaluations say anything.
enum PoolLine {
    /// With what one evaluation costs.
    case concave(MarginLine, Trials, Int)
    case tried(TriedLine)

    /// Without any change.
    var start: MarginExcess {
        switch self {
        case .concave(let line, _, _): line.start
        case .tried(let line): line.start
        }
    }

    mutating func excess(at count: Int64) throws(SearchPause) -> MarginExcess? {
        switch self {
        case .concave(var line, let trials, let work):
            defer { self = .concave(line, trials, work) }
            return try line.excess(at: count)
        case .tried(let line): return try line.excess(at: count)
        }
    }

    mutating func largest(upTo bound: Int64, _ allowance: Allowance) throws(SearchPause) -> Int64 {
        switch self {
        case .concave(var line, let trials, let work):
            defer { self = .concave(line, trials, work) }
            try trials.spend(Self.scansOfLargest * work)
            return line.largest(upTo: bound)
        case .tried(let line): return try line.largest(upTo: bound, allowance)
        }
    }

    mutating func least(upTo bound: Int64) throws(SearchPause) -> Int64? {
        switch self {
        case .concave(var line, let trials, let work):
            defer { self = .concave(line, trials, work) }
            return try line.least(upTo: bound)
        case .tried(let line): return try line.least(upTo: bound)
        }
    }

    mutating func best(upTo bound: Int64) throws(SearchPause) -> Int64 {
        switch self {
        case .concave(var line, let trials, let work):
            defer { self = .concave(line, trials, work) }
            return try line.best(upTo: bound)
        case .tried(let line): return try line.best(upTo: bound)
        }
    }

    /// Evaluations of a bisection over all quantities.
    private static let scansOfLargest = 48
}
