public import MarginDomain

/// When a pool's state is published although nothing crossed a threshold.
///
/// Cuts do not owe display anything but what they announce: which pools they evaluate is nobody's business. All pools are
/// looked at in turn instead.
public struct DisplayRules: Hashable, Sendable {
    /// Within which event time every pool is looked at once, whatever evaluates it.
    public var look: Duration64
    /// A move of equity, initial or maintenance margin of this share of equity, or of initial margin where that is more.
    public var move: Ratio
    /// Longest event time between two publications of a pool.
    public var refresh: Duration64

    /// Most states published with one record.
    public var statesPerRecord: Int

    public init(
        look: Duration64 = .seconds(5), move: Ratio = Ratio(10_000_000), refresh: Duration64 = .seconds(60),
        statesPerRecord: Int = 1
    ) {
        self.look = look
        self.move = move
        self.refresh = refresh
        self.statesPerRecord = statesPerRecord
    }
}

/// A queue of pools, each in it at most once; bounded by the number of pools.
struct OwedDisplays: Sendable {
    private var places: [PoolIndex] = []
    private var first = 0

    mutating func append(_ place: PoolIndex) { places.append(place) }

    mutating func popFirst() -> PoolIndex? {
        guard first < places.count else { return nil }
        defer {
            first += 1
            // Half of the array is behind the front: move the rest down, so that it stays bounded.
            if first * 2 > places.count {
                places.removeFirst(first)
                first = 0
            }
        }
        return places[first]
    }
}

/// Walks all pools once per refresh interval, a few at a time, so that publications do not bunch.
struct DisplaySweep: Sendable {
    private var next = 0
    private var lastStep = Timestamp.zero

    /// Steps into which one walk is divided.
    private static let stepsPerWalk: Int64 = 16

    /// The pools whose turn it is at `now`; empty until the next step is due.
    mutating func turn(at now: Timestamp, of count: Int, every refresh: Duration64) -> Range<Int> {
        let interval = Duration64(max(refresh.nanoseconds / Self.stepsPerWalk, 1))
        guard count > 0, now >= lastStep + interval else { return 0..<0 }
        lastStep = now
        let start = next < count ? next : 0
        let end = min(count, start + max(1, (count + Int(Self.stepsPerWalk) - 1) / Int(Self.stepsPerWalk)))
        next = end
        return start..<end
    }
}
