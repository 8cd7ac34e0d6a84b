/// Why a socket call did not do what was asked.
///
/// Outcomes that running code expects, such as a full queue or nothing to receive, are return values instead.
public enum ZeroMQError: Error, Equatable, Sendable {
    /// Another socket is bound to the address.
    case addressInUse
    /// The machine has no such network address.
    case addressNotAvailable
    /// The context was shut down; close the socket and leave the thread's loop.
    case contextTerminated
    /// The peer's in-process endpoint is not bound.
    case connectionRefused
    /// More frames in one message than the reader accepts; the rest of the message was discarded.
    case frameLimitExceeded(limit: Int)
    /// A socket without encryption was asked to bind or connect beyond this machine.
    case insecureEndpoint(String)
    /// libzmq understood the call but not a value in it: an unreadable endpoint, or an option that this kind of socket does not have.
    case invalidArgument
    /// The kind of socket cannot use the endpoint's transport.
    case incompatibleTransport
    /// The socket was never bound or connected to that endpoint.
    case noSuchEndpoint
    /// The operating system refused, for example a port or directory that this user may not use.
    case permissionDenied
    /// The socket was closed.
    case socketClosed
    /// The context's limit of sockets, or the process's limit of descriptors, is reached.
    case tooManySockets
    /// A router has no connected peer of that identity, or the peer has just gone.
    case unroutable
    /// libzmq was built without the endpoint's transport.
    case unsupportedTransport
    /// The socket's pattern does not allow this step now, such as a reply before a request.
    case wrongState
    /// Any other failure, by its `errno`.
    case system(errno: Int32)
}

extension ZeroMQError: CustomStringConvertible {
    /// One sentence for a log line.
    public var description: String {
        switch self {
        case .addressInUse: "Another socket is bound to the address."
        case .addressNotAvailable: "This machine has no such network address."
        case .contextTerminated: "The messaging context was shut down."
        case .connectionRefused: "Nothing is bound to the in-process endpoint."
        case .frameLimitExceeded(let limit): "The message has more than \(limit) frames."
        case .insecureEndpoint(let endpoint): "Without encryption \(endpoint) is not allowed: only this machine is."
        case .invalidArgument: "The endpoint is unreadable, or this kind of socket does not have the option."
        case .incompatibleTransport: "This kind of socket cannot use the transport."
        case .noSuchEndpoint: "The socket is neither bound nor connected to that endpoint."
        case .permissionDenied: "The operating system refused access to the address."
        case .socketClosed: "The socket was closed."
        case .tooManySockets: "No more sockets can be opened."
        case .unroutable: "No connected peer has that identity."
        case .unsupportedTransport: "The messaging library was built without this transport."
        case .wrongState: "The socket's pattern does not allow this step now."
        case .system(let errno): "The messaging library failed with errno \(errno)."
        }
    }
}
