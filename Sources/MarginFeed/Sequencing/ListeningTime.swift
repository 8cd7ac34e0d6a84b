import MarginDomain

/// Time during which the feed listened: silence is counted in it.
///
/// A feed that was held up itself must not conclude that its sources fell silent, so one step never counts for more
/// than a quantum.
struct ListeningTime {
    private(set) var now = Timestamp.zero
    private var last: Timestamp?
    private let quantum: Duration64

    /// - Parameter deadline: the shortest silence that matters; a quantum is a quarter of it.
    init(deadline: Duration64) { quantum = Duration64(max(1, deadline.nanoseconds / 4)) }

    /// Most time that may pass between two looks without being lost.
    var stepMax: Duration64 { quantum }

    mutating func advance(to monotonic: Timestamp) {
        let passed = last.map { monotonic - $0 } ?? .zero
        last = monotonic
        now = now + min(max(passed, .zero), quantum)
    }
}
