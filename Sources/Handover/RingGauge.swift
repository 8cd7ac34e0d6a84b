internal import Synchronization

/// The counters of one ring, readable from any thread while the ring runs.
///
/// Both counters only grow, so their difference is the number of elements that wait.
public final class RingGauge: Sendable {
    /// The greatest number of elements that may wait; a push beyond it is refused.
    public let capacity: Int

    let pushed = PaddedCounter()
    let popped = PaddedCounter()
    let refused = PaddedCounter()
    let isClosed = Atomic<Bool>(false)
    let isAbandoned = Atomic<Bool>(false)

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Elements accepted since the ring was made.
    public var pushedCount: Int { pushed.value.load(ordering: .relaxed) }

    /// Elements taken out since the ring was made.
    public var poppedCount: Int { popped.value.load(ordering: .relaxed) }

    /// Pushes refused because the ring was full; what became of those elements is the producer's policy.
    public var refusedCount: Int { refused.value.load(ordering: .relaxed) }

    /// Elements that wait, as of two counters read one after the other: exact when both threads rest.
    public var waitingCount: Int {
        let popped = poppedCount
        return max(0, pushedCount - popped)
    }
}

/// A counter that shares no cache line with its neighbours.
///
/// The producer writes one counter and the consumer another; on one line they would take it from each other at every step.
/// 128 bytes, because processors fetch lines in pairs.
struct PaddedCounter: ~Copyable, Sendable {
    let value = Atomic<Int>(0)
    private let padding = InlineArray<15, Int>(repeating: 0)

    init() {}
}
