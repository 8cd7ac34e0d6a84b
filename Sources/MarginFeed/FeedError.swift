public import Handover
public import ZeroMQ

/// Why a feed could not start or go on. Nothing that arrives from the bus is among the reasons.
public enum FeedError: Error, Equatable, Sendable {
    /// A socket could not be opened, or failed.
    case socket(ZeroMQError, endpoint: String)
    /// The feed's thread could not be started.
    case thread(HandoverError)
    /// What takes the batches cannot take any more; the reason is its own sentence.
    case outletClosed(String)
}

extension FeedError: CustomStringConvertible {
    /// One sentence for a log line.
    public var description: String {
        switch self {
        case .socket(let error, let endpoint): "The feed's socket for \(endpoint) failed: \(error)"
        case .thread(let error): "The feed has no thread: \(error)"
        case .outletClosed(let reason): "The feed cannot hand on what it receives: \(reason)"
        }
    }
}
