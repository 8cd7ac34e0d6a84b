public import Handover
public import ZeroMQ

/// Why a publisher could not start or go on. No subscriber or asker is among the reasons.
public enum PublisherError: Error, Equatable, Sendable {
    /// A socket could not be opened, or failed.
    case socket(ZeroMQError, endpoint: String)
    /// The publisher's thread could not be started.
    case thread(HandoverError)
}

extension PublisherError: CustomStringConvertible {
    /// One sentence for a log line.
    public var description: String {
        switch self {
        case .socket(let error, let endpoint): "The publisher's socket at \(endpoint) failed: \(error)"
        case .thread(let error): "The publisher has no thread: \(error)"
        }
    }
}
