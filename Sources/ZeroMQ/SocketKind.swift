private import CZeroMQ

/// The messaging pattern of a socket, by libzmq's own names.
public enum SocketKind: Sendable, Equatable {
    /// Sends to every subscriber; drops for those whose queue is full, silently.
    case pub
    /// Receives what it subscribed to. Loses silently: only sequence numbers in the messages can tell.
    case sub
    /// A publisher that also receives its subscribers' subscriptions (`SubscriptionNotice`).
    case xpub
    /// Talks to many dealers, each named by the first frame of a message.
    case router
    /// Sends and receives freely, to and from one router per connection.
    case dealer
    /// One to one, for two threads of a process.
    case pair
    /// Answers one request at a time.
    case rep

    var rawKind: Int32 {
        switch self {
        case .pub: ZMQ_PUB
        case .sub: ZMQ_SUB
        case .xpub: ZMQ_XPUB
        case .router: ZMQ_ROUTER
        case .dealer: ZMQ_DEALER
        case .pair: ZMQ_PAIR
        case .rep: ZMQ_REP
        }
    }
}
