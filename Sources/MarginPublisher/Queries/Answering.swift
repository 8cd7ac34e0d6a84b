import MarginDomain

/// A question whose answers are on their way: where to find them, and how far they have come.
///
/// Long answers are walked, not built: a snapshot of a million pools costs a position, and its asker's pace decides.
struct Answering: Equatable {
    /// Where the answers come from.
    enum Source: Equatable {
        /// Answers that are complete, their end included.
        case given([Answer])
        /// Answers to which the end is still to be added.
        case found([Answer])
        /// Retained signals, by number.
        case signals([StreamNumber])
        case signalRange(from: StreamNumber, count: Int)
        /// The newest of everything of a family, as many as there were when it was asked.
        case newestSignals(count: Int)
        case pools(count: Int)
        case accounts(count: Int)
        case maps(count: Int)
        case heartbeat

        /// How many answers there are, without the end.
        var count: Int {
            switch self {
            case .given(let answers), .found(let answers): answers.count
            case .signals(let numbers): numbers.count
            case .signalRange(_, let count), .newestSignals(let count), .pools(let count), .accounts(let count),
                .maps(let count):
                count
            case .heartbeat: 1
            }
        }

        /// Whether a ``QueryDone`` has still to be added.
        var needsEnd: Bool {
            if case .given = self { return false }
            return true
        }
    }

    let asker: Asker
    let source: Source
    /// The stream goes on from here.
    let follow: StreamNumber
    /// When an asker that makes no room is given up.
    var deadline: ContinuousClock.Instant
    var position = 0

    /// Whether everything was sent.
    var isFinished: Bool { position >= source.count + (source.needsEnd ? 1 : 0) }
}

/// What became of an answer.
enum AnswerDelivery {
    case sent
    /// The asker has no room now.
    case full
    /// The asker is not there any more.
    case gone
    /// An error was sent in its place, and nothing more follows.
    case ended
}
