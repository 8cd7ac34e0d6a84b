/// Why the machinery that joins two threads could not be set up; running rings and executors do not fail.
public enum HandoverError: Error, Equatable, Sendable {
    /// The operating system gave no descriptors for a doorbell; the value is its `errno`.
    case doorbellNotCreated(errno: Int32)
    /// The operating system started no thread; the value is its error number.
    case threadNotStarted(errno: Int32)
}

extension HandoverError: CustomStringConvertible {
    /// One sentence for a log line.
    public var description: String {
        switch self {
        case .doorbellNotCreated(let errno): "No descriptors are left for a doorbell (errno \(errno))."
        case .threadNotStarted(let errno): "The thread could not be started (error \(errno))."
        }
    }
}
