internal import Synchronization

/// The popping end of a ring; when it goes, the producer sees the ring as abandoned.
public struct RingConsumer<Element: Sendable>: ~Copyable, Sendable {
    let slots: RingSlots<Element>
    let room: Doorbell?
    var popped = 0
    // The producer's counter as last seen; read again only when the ring looks empty, so that its cache line mostly stays with the producer.
    var pushedSeen = 0

    init(slots: RingSlots<Element>, room: Doorbell?) {
        self.slots = slots
        self.room = room
    }

    deinit {
        slots.gauge.isAbandoned.store(true, ordering: .releasing)
        room?.ring()
    }

    /// The ring's counters, for metrics.
    public var gauge: RingGauge { slots.gauge }

    /// Takes the oldest element, or `nil` if none waits.
    public mutating func pop() -> Element? {
        guard hasElement else { return nil }
        let element = slots.take(at: popped)
        popped += 1
        slots.gauge.popped.value.store(popped, ordering: .releasing)
        room?.ring()
        return element
    }

    /// Whether an element waits; only this end can make it false again. The last look before parking.
    public var hasElement: Bool {
        mutating get {
            if popped < pushedSeen { return true }
            pushedSeen = slots.gauge.pushed.value.load(ordering: .acquiring)
            return popped < pushedSeen
        }
    }

    /// Whether the producer has gone and nothing waits: the consumer's sign to stop, and a reason not to park.
    public var isFinished: Bool {
        mutating get {
            // The closing flag is read first: elements pushed before it was set are then visible to hasElement.
            let isClosed = slots.gauge.isClosed.load(ordering: .acquiring)
            return isClosed && !hasElement
        }
    }
}
