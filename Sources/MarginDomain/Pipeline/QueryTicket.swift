/// A query on its way to whoever can answer it, or that it need not be answered any more; the number finds the asker
/// again.
public struct QueryTicket: Equatable, Sendable {
    /// Given by the publisher, unique while the process lives.
    public var number: UInt64
    /// Nil: nobody waits for the answer any more.
    public var query: Query?

    public init(number: UInt64, query: Query) {
        self.number = number
        self.query = query
    }

    /// That nobody waits for an answer any more.
    public init(forgotten number: UInt64) { self.number = number }
}

/// The answers to one query, in order; ``QueryDone`` or a ``QueryError`` is the last.
public struct QueryReply: Equatable, Sendable {
    /// The ticket's number.
    public var number: UInt64
    public var answers: [Answer]

    public init(number: UInt64, answers: [Answer]) {
        self.number = number
        self.answers = answers
    }
}
