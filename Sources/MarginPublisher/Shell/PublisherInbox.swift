import Handover

/// The popping end of one stage's way into the publisher.
final class PublisherInbox {
    private var ring: RingConsumer<PublisherInput>

    init(_ ring: consuming RingConsumer<PublisherInput>) { self.ring = ring }

    func pop() -> PublisherInput? { ring.pop() }

    var hasElement: Bool { ring.hasElement }
}
