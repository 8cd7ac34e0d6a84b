private import CZeroMQ

/// Something that happened to a connection of a monitored socket.
public struct SocketEvent: Equatable, Sendable {
    /// What happened; numbers are libzmq's own.
    public enum Kind: Equatable, Sendable {
        /// The transport is connected; the handshake is still to come.
        case connected
        /// Connecting takes a while and goes on in the background.
        case connectDelayed
        /// The connection is lost or was not made; libzmq tries again after this many milliseconds.
        case connectRetried(afterMilliseconds: UInt32)
        /// A bound socket accepts peers.
        case listening
        /// Binding failed in the background.
        case bindFailed(errno: UInt32)
        /// A peer's transport is connected.
        case accepted
        /// A peer could not be accepted, for example for lack of descriptors.
        case acceptFailed(errno: UInt32)
        /// A connection was closed from this side.
        case closed
        /// Closing failed.
        case closeFailed(errno: UInt32)
        /// A connection was lost.
        case disconnected
        /// The peer is admitted, and messages flow.
        case handshakeSucceeded
        /// The handshake ended without a reason, for example by a lost connection.
        case handshakeFailed(errno: UInt32)
        /// The peer speaks wrongly: no or other encryption, a wrong server key, broken frames.
        case handshakeFailedProtocol(code: UInt32)
        /// The peer's key was refused, with the responder's status (400 for a refusal, 500 for a failure).
        case handshakeRefused(status: UInt32)
        /// No more events follow.
        case monitorStopped
        /// An event this version of the wrapper does not know, by its bit.
        case unknown(bit: UInt16)
    }

    /// What happened.
    public let kind: Kind
    /// The endpoint that it happened to, as libzmq writes it.
    public let endpoint: String

    /// Decodes the two frames of an event: the bit and a number in this machine's byte order, and the endpoint.
    init?(header: [UInt8], endpoint: String) {
        guard header.count == 6 else { return nil }
        let bit = header[0..<2].reversed().reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        let value = header[2..<6].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        // Read as little-endian above; on a big-endian machine the conversion swaps back to its own order.
        kind = Kind(bit: UInt16(littleEndian: bit), value: UInt32(littleEndian: value))
        self.endpoint = endpoint
    }
}

extension SocketEvent.Kind {
    init(bit: UInt16, value: UInt32) {
        self =
            switch Int32(bit) {
            case ZMQ_EVENT_CONNECTED: .connected
            case ZMQ_EVENT_CONNECT_DELAYED: .connectDelayed
            case ZMQ_EVENT_CONNECT_RETRIED: .connectRetried(afterMilliseconds: value)
            case ZMQ_EVENT_LISTENING: .listening
            case ZMQ_EVENT_BIND_FAILED: .bindFailed(errno: value)
            case ZMQ_EVENT_ACCEPTED: .accepted
            case ZMQ_EVENT_ACCEPT_FAILED: .acceptFailed(errno: value)
            case ZMQ_EVENT_CLOSED: .closed
            case ZMQ_EVENT_CLOSE_FAILED: .closeFailed(errno: value)
            case ZMQ_EVENT_DISCONNECTED: .disconnected
            case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: .handshakeSucceeded
            case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: .handshakeFailed(errno: value)
            case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: .handshakeFailedProtocol(code: value)
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: .handshakeRefused(status: value)
            case ZMQ_EVENT_MONITOR_STOPPED: .monitorStopped
            default: .unknown(bit: bit)
            }
    }
}
