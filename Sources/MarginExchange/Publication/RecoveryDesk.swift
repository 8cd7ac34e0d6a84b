import MarginDomain

/// Answers to subscribers that missed something.
extension SyntheticExchange {
    /// The messages that answer a request, and what ends the answer; nil for what is not a request.
    func recovery(_ request: RecoveryMessage) -> (messages: [BusMessage], done: BusRecoveryDone)? {
        switch request {
        case .busReplayRequest(let asked):
            let history = asked.epoch == numbering.epoch ? numbering.histories[asked.source] : nil
            let (messages, isComplete) = history?.replay(from: asked.from, to: asked.to) ?? ([], false)
            let next = messages.last?.endSequence ?? asked.from
            return (messages, done(asked.request, asked.source, next: next, isComplete))
        case .busSnapshotRequest(let asked):
            let history = numbering.histories[asked.source]
            let (messages, isComplete) = history?.snapshot() ?? ([], false)
            let next = history?.next ?? SequenceNumber(1)
            return (messages, done(asked.request, asked.source, next: next, isComplete))
        case .busRecoveryDone: return nil
        }
    }

    private func done(
        _ request: RequestID, _ source: SourceID, next: SequenceNumber, _ isComplete: Bool
    ) -> BusRecoveryDone {
        BusRecoveryDone(
            request: request, source: source, epoch: numbering.epoch, nextSequence: next, complete: isComplete)
    }
}
