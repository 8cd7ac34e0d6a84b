import Handover
import MarginDomain

/// The pushing end of a ring that waits for room: back-pressure between stages of one process.
///
/// What fills up behind a feed that waits are the bus's own buffers; gaps that follow are found and replayed.
struct Inlet<Element: Sendable>: ~Copyable, Sendable {
    private var producer: RingProducer<Element>
    private let room: Doorbell

    /// - Parameter room: rung by the popping end when it makes room.
    init(_ producer: consuming RingProducer<Element>, room: Doorbell) {
        self.producer = producer
        self.room = room
    }

    /// Longest sleep before looking for room again, for popping ends that do not ring.
    private static var patienceMilliseconds: Int32 { 5 }

    /// Hands an element over, waiting while the ring is full.
    mutating func push(_ element: Element) {
        while !producer.push(element) {
            // WAIT: bounded, and only while the next stage is behind.
            _ = room.park(timeoutMilliseconds: Self.patienceMilliseconds) { producer.hasRoom }
        }
    }
}

/// A ring whose pushing end waits for room.
struct InletRing<Element: Sendable>: ~Copyable {
    private var ring: Ring<Element>
    private let room: Doorbell

    /// - Parameter work: rung after each push; the popping thread sleeps on it.
    init(capacity: Int = EngineLimits.handoverBatchesMax, work: Doorbell) throws(HandoverError) {
        room = try Doorbell()
        ring = Ring(capacity: capacity, work: work, room: room)
    }

    mutating func takeInlet() -> Inlet<Element> { Inlet(ring.takeProducer(), room: room) }

    mutating func takeConsumer() -> RingConsumer<Element> { ring.takeConsumer() }
}
