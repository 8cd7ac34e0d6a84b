import MarginDomain
import MarginModel

/// The days of the engine's time, and how ranges follow the market from one to the next: docs/event-rules.md §8.
///
/// A *step* is made when engine time first reaches a new UTC day. What was announced the day before takes effect, the
/// closes of the day that ended are taken, and what the next step will bring is announced.
struct DayBook: Sendable {
    private var ranges = DynamicRanges()
    /// What takes effect with the next step; nil if nothing changes.
    private(set) var announced: ParameterSet?
    /// Days since 1970 of the last record; nil before the first.
    private var day: Int64?
    /// How many versions the engine has given.
    private var versions: UInt32 = 0
    private var present: ParameterSet?

    private static let dayNanoseconds: Int64 = 86_400 * Duration64.perSecond

    /// Whether this time is of a later day than the last: the day that ended, in days since 1970.
    mutating func turn(to now: Timestamp) -> Int64? {
        let today = now.day
        defer { day = today }
        return day.flatMap { today > $0 ? $0 : nil }
    }

    /// When what is announced takes effect.
    var nextDay: Timestamp { Timestamp(((day ?? 0) + 1) * Self.dayNanoseconds) }

    /// The set in force over a base that people have just put in force.
    mutating func follow(_ base: ParameterSet) -> ParameterSet {
        if !base.dynamics.isOn { ranges = DynamicRanges() }
        let set = ranges.inForce(over: base, version: nextVersion)
        keep(set)
        announce(over: base)
        return set
    }

    /// Lets what was announced take effect; nil if nothing was.
    mutating func step(over base: ParameterSet) -> ParameterSet? {
        ranges.turn(over: base)
        guard let announced else { return nil }
        present = announced
        return announced
    }

    /// Takes the close of an underlying.
    mutating func close(_ underlying: AssetID, at price: Price, _ base: ParameterSet) {
        ranges.close(underlying, at: price, base.dynamics)
    }

    /// Says what the next step will bring over a base.
    mutating func announce(over base: ParameterSet) {
        let set = ranges.announced(over: base, version: nextVersion)
        guard !set.hasRanges(of: present ?? base) else {
            announced = nil
            return
        }
        announced = set
        count(set)
    }

    /// What another set would be with the ranges of today.
    func inForce(over base: ParameterSet) -> ParameterSet { ranges.inForce(over: base, version: base.version) }

    private mutating func keep(_ set: ParameterSet) {
        present = set
        count(set)
    }

    private var nextVersion: ParameterVersion { .ofEngine(versions + 1) }

    private mutating func count(_ set: ParameterSet) {
        if set.version == nextVersion { versions += 1 }
    }
}
