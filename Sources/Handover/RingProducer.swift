internal import Synchronization

/// The pushing end of a ring; when it goes, the consumer sees the ring as finished once it is empty.
public struct RingProducer<Element: Sendable>: ~Copyable, Sendable {
    let slots: RingSlots<Element>
    let work: Doorbell
    var pushed = 0
    // The consumer's counter as last seen; read again only when the ring looks full, so that its cache line mostly stays with the consumer.
    var poppedSeen = 0

    init(slots: RingSlots<Element>, work: Doorbell) {
        self.slots = slots
        self.work = work
    }

    deinit {
        slots.gauge.isClosed.store(true, ordering: .releasing)
        work.ring()
    }

    /// The ring's counters, for metrics.
    public var gauge: RingGauge { slots.gauge }

    /// Whether the consumer has gone, so that there will never be room again: a reason not to wait for it.
    public var isAbandoned: Bool { slots.gauge.isAbandoned.load(ordering: .acquiring) }

    /// Appends the element and wakes the consumer, or refuses if the ring is full; the refusal is counted and the caller still has the element.
    public mutating func push(_ element: Element) -> Bool {
        guard hasRoom else {
            slots.gauge.refused.value.wrappingAdd(1, ordering: .relaxed)
            return false
        }
        slots.initialize(at: pushed, to: element)
        pushed += 1
        slots.gauge.pushed.value.store(pushed, ordering: .releasing)
        work.ring()
        return true
    }

    /// Whether the next push will be accepted; only this end can make it false again.
    public var hasRoom: Bool {
        mutating get {
            if pushed - poppedSeen < slots.gauge.capacity { return true }
            poppedSeen = slots.gauge.popped.value.load(ordering: .acquiring)
            return pushed - poppedSeen < slots.gauge.capacity
        }
    }
}
