import MarginDomain

/// One endpoint's talk with its publisher about what was missed: one question at a time.
///
/// Answers do not say which question they belong to, so there is never more than one, and one that is given up is
/// given up with its connection: what still comes of it cannot be taken for an answer to the next.
struct RecoveryDesk {
    /// A question that is being answered.
    struct Question: Equatable {
        let request: RequestID
        let source: SourceID
        let epoch: Epoch
        let need: SourceSequencer.Need
        /// When it counts as unanswered, unless more of the answer comes.
        fileprivate(set) var deadline: Timestamp
    }

    private(set) var question: Question?
    private var lastRequest: UInt64 = 0
    private let patience: Duration64

    init(patience: Duration64) { self.patience = patience }

    /// Asks.
    ///
    /// - Precondition: nothing else is being asked.
    mutating func ask(
        for need: SourceSequencer.Need, of source: SourceID, in epoch: Epoch, at now: Timestamp
    ) -> RecoveryMessage {
        precondition(question == nil, "A desk asks one question at a time.")
        lastRequest += 1
        let request = RequestID(lastRequest)
        question = Question(request: request, source: source, epoch: epoch, need: need, deadline: now + patience)
        return switch need {
        case .replay(let from, let to):
            .busReplayRequest(BusReplayRequest(request: request, source: source, epoch: epoch, from: from, to: to))
        case .snapshot: .busSnapshotRequest(BusSnapshotRequest(request: request, source: source))
        }
    }

    /// As what a message of the source counts that came in answer.
    mutating func channel(of source: SourceID, at now: Timestamp) -> SourceSequencer.Channel {
        guard let question, question.source == source else { return .live }
        self.question?.deadline = now + patience
        return question.need == .snapshot ? .snapshot : .replay
    }

    /// The question that `done` ends; nil if it was not asked.
    mutating func close(_ done: BusRecoveryDone) -> Question? {
        guard let question, question.request == done.request, question.source == done.source else { return nil }
        self.question = nil
        return question
    }

    /// The question that has waited too long.
    mutating func giveUp(at now: Timestamp) -> Question? {
        guard let question, question.deadline <= now else { return nil }
        self.question = nil
        return question
    }
}
