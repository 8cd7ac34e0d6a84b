/// Makes bounded queues between exactly two threads: one that pushes, one that pops.
///
/// ```
///  feed thread                                        shard thread
///  RingProducer.push ──▶ [ batch | batch |   |   ] ──▶ RingConsumer.pop
///                 └──────── work doorbell ───────────▶ park
///  park ◀──────────────────room doorbell ────────────┘
/// ```
/// The two ends are non-copyable values, so the compiler holds what the algorithm needs: one producer, one consumer.
/// A full ring refuses (`push` returns `false`) and counts; whether to wait, to conflate or to drop is the producer's named policy.
public struct Ring<Element: Sendable>: ~Copyable {
    private var producerEnd: RingProducer<Element>?
    private var consumerEnd: RingConsumer<Element>?

    /// The ring's counters, for metrics.
    public let gauge: RingGauge

    /// Makes an empty ring.
    ///
    /// - Parameters:
    ///   - capacity: the greatest number of elements that may wait.
    ///   - work: rung after each push; the consumer sleeps on it. Several rings may share one.
    ///   - room: rung after each pop; for producers whose policy is to wait. None if the producer never waits.
    /// - Precondition: the capacity is positive.
    public init(capacity: Int, work: Doorbell, room: Doorbell? = nil) {
        precondition(capacity > 0, "A ring holds at least one element.")
        let gauge = RingGauge(capacity: capacity)
        let slots = RingSlots<Element>(gauge: gauge)
        self.gauge = gauge
        producerEnd = RingProducer(slots: slots, work: work)
        consumerEnd = RingConsumer(slots: slots, room: room)
    }

    /// The pushing end, to be moved to the thread that pushes.
    ///
    /// - Precondition: it was not taken before.
    public mutating func takeProducer() -> RingProducer<Element> {
        guard let end = producerEnd.take() else { preconditionFailure("A ring has one producer, and it was taken.") }
        return end
    }

    /// The popping end, to be moved to the thread that pops.
    ///
    /// - Precondition: it was not taken before.
    public mutating func takeConsumer() -> RingConsumer<Element> {
        guard let end = consumerEnd.take() else { preconditionFailure("A ring has one consumer, and it was taken.") }
        return end
    }
}
