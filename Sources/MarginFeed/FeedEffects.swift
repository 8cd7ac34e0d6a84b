import MarginDomain

/// What a step of the feed leads to, in order; reused from step to step.
struct FeedEffects: Equatable {
    /// For the log.
    var batches: [EventBatch] = []
    var errands: [Errand] = []
    var letters: [DeadLetter] = []
    /// Whether the trust in a source changed, or a report is due.
    var needsReport = false

    mutating func removeAll() {
        batches.removeAll(keepingCapacity: true)
        errands.removeAll(keepingCapacity: true)
        letters.removeAll(keepingCapacity: true)
        needsReport = false
    }
}

/// Something to say to, or do with, the ROUTER of an endpoint's publisher.
struct Errand: Equatable {
    enum Action: Equatable {
        case ask(RecoveryMessage)
        /// Drop the connection with whatever it still brings, and make it again.
        case hangUp
    }

    /// The endpoint's place in the configuration.
    let link: Int
    let action: Action
}
