public import MarginDomain

/// What takes over from the engine, on the pump's thread: the publisher and, beside it, the projection.
///
/// A value of its own rather than closures, so that it may own the pushing ends of rings.
public protocol EngineOutlet: ~Copyable, Sendable {
    /// Takes what records caused, in order of record. A call that waits is back-pressure.
    mutating func take(_ batch: SignalBatch)

    /// Takes the answers to a question.
    mutating func take(_ reply: QueryReply)
}
