import Handover
import MarginDomain

/// The popping end of one stage's way into the feed.
final class FeedInbox {
    private var ring: RingConsumer<EventGroup>

    init(_ ring: consuming RingConsumer<EventGroup>) { self.ring = ring }

    func pop() -> EventGroup? { ring.pop() }

    var hasElement: Bool { ring.hasElement }
}
