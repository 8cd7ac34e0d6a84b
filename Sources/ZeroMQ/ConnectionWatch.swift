/// Tells a connection that libzmq is mending from one it has given up.
///
/// After an ordinary loss libzmq reports at once that it will try again. After a frame above the size limit, or other broken framing, it reports the loss and nothing more, ever.
/// So a loss that is not followed by another try within a while is final. The wait also bounds how often a peer that always misbehaves is connected again.
struct ConnectionWatch: Equatable, Sendable {
    private let patience: Duration
    private var lostAt: ContinuousClock.Instant?

    init(patience: Duration) {
        self.patience = patience
    }

    mutating func note(_ event: SocketEvent.Kind, at now: ContinuousClock.Instant) {
        switch event {
        case .disconnected, .handshakeFailed, .handshakeFailedProtocol, .handshakeRefused:
            if lostAt == nil { lostAt = now }
        case .connected, .connectDelayed, .connectRetried:
            lostAt = nil
        default:
            break
        }
    }

    mutating func noteRevival() { lostAt = nil }

    /// When the connection counts as given up if nothing more is heard; `nil` while there is nothing to worry about.
    var deadline: ContinuousClock.Instant? { lostAt.map { $0 + patience } }

    func isGivenUp(at now: ContinuousClock.Instant) -> Bool { deadline.map { now >= $0 } ?? false }
}
