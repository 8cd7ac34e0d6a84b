public import MarginDomain

/// What a consumer of all signals must do to miss none and act on none twice.
///
/// Signals are numbered without gaps over the log, carry an id, and each is the full state of its pool. So: a number
/// too high means that some are missing and can be asked for again; an id seen before is a repetition; a pool's signal
/// that is older than one acted on is history.
public struct SignalTracker: Sendable {
    /// What a signal is to this consumer.
    public enum Verdict: Equatable, Sendable {
        /// New, and the newest of its pool.
        case fresh
        /// New, but overtaken by a later one of its pool.
        case overtaken
        /// Seen before.
        case duplicate
        /// From an incarnation that another has replaced.
        case fenced
    }

    /// Ids remembered to recognise repetitions; older ones are below every number that is still missing.
    private static let rememberedMax = 65_536

    /// The first number not yet seen, everything below having been seen.
    public private(set) var next = StreamNumber(1)
    /// The first number not known to exist.
    private var end = StreamNumber(1)
    private var early: Set<UInt64> = []
    /// The engine's incarnation.
    public private(set) var epoch = Epoch(0)
    private var newest: [PoolID: StreamNumber] = [:]

    public init() {}

    /// Takes a signal, however it came.
    public mutating func take(_ signal: Signal) -> Verdict {
        guard signal.epoch >= epoch else { return .fenced }
        epoch = signal.epoch
        let number = signal.signalNo
        guard number >= next, early.insert(number.rawValue).inserted else { return .duplicate }
        end = max(end, number.next)
        while early.remove(next.rawValue) != nil { next = next.next }
        if early.count > Self.rememberedMax, let least = early.min() { next = StreamNumber(least) }
        guard newest[signal.pool, default: .start] < signal.poolSignalNo else { return .overtaken }
        newest[signal.pool] = signal.poolSignalNo
        return .fresh
    }

    /// Takes note of the last number that the engine has sent; false if the heartbeat is of a replaced incarnation.
    public mutating func hear(_ heartbeat: Heartbeat) -> Bool {
        guard heartbeat.epoch >= epoch else { return false }
        epoch = heartbeat.epoch
        end = max(end, heartbeat.signalNo.next)
        return true
    }

    /// The first stretch of numbers that are known to exist and have not been seen; nil if there is none.
    public var gap: ClosedRange<StreamNumber>? {
        guard next < end else { return nil }
        let last = early.min() ?? end.rawValue
        return next...StreamNumber(last - 1)
    }
}
