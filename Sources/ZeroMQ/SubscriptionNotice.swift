/// What an extended publisher receives: a subscriber came to a topic or left it.
public enum SubscriptionNotice: Equatable, Sendable {
    /// Messages that begin with these bytes are now wanted.
    case subscribed(topic: [UInt8])
    /// The last subscriber of exactly this topic has left.
    case unsubscribed(topic: [UInt8])

    /// Decodes a frame received by an `xpub` socket; `nil` if a subscriber sent something else.
    public init?(_ frame: borrowing RawSpan) {
        guard frame.byteCount > 0 else { return nil }
        let topic = Array(frame.copied().dropFirst())
        switch frame.byte(at: 0) {
        case 0: self = .unsubscribed(topic: topic)
        case 1: self = .subscribed(topic: topic)
        default: return nil
        }
    }
}
