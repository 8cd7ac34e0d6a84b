import MarginDomain

/// Long questions, each worked on a little in every turn, so that events wait for none of them, and none for another.
///
/// Of those that wait the one goes on that has had least ``Work``; a newcomer is taken to have had as much as the least
/// of them. So all have equal parts of the engine whatever their evaluations cost, and a question that needs little is
/// answered soon behind one that needs much. (Start-time fair queueing: P. Goyal, H. M. Vin, H. Cheng, SIGCOMM 1996; from
/// memory.)
struct QuestionQueue {
    fileprivate struct Waiting {
        let number: UInt64
        var question: LongQuestion
        /// Work that it has had, or is taken to have had.
        var had: Int
    }

    /// In the order in which they were asked.
    private var waiting: [Waiting] = []

    /// Most questions that wait at a time.
    static let countMax = 16
    /// ``Work`` of a turn, a fraction of a millisecond; the evaluation that reaches it is finished.
    static let workPerTurn = 32_768
    /// Work after which it is looked again whose turn it is.
    static let workPerPart = workPerTurn / 4

    static let busy = QueryError(
        fault: .busy, field: .empty, explanation: "too many questions that take long are on their way; ask again")

    var isEmpty: Bool { waiting.isEmpty }
    var isFull: Bool { waiting.count >= Self.countMax }

    /// - Precondition: the queue is not full.
    mutating func add(_ question: LongQuestion, for number: UInt64) {
        precondition(!isFull, "a full queue takes no question")
        waiting.append(Waiting(number: number, question: question, had: waiting.map(\.had).min() ?? 0))
    }

    /// Drops a question for whose answer nobody waits any more.
    mutating func forget(_ number: UInt64) { waiting.removeAll { $0.number == number } }

    /// Does a turn's work.
    ///
    /// - Returns: the replies that it led to, and the work that was done.
    mutating func advance() -> (replies: [QueryReply], work: Int) {
        var replies: [QueryReply] = []
        var work = 0
        while work < Self.workPerTurn, let next = waiting.indices.min(by: { waiting[$0].had < waiting[$1].had }) {
            let done = waiting[next].question.advance(work: min(Self.workPerPart, Self.workPerTurn - work))
            waiting[next].had += done
            work += done
            if let answer = waiting[next].question.answer {
                replies.append(QueryReply(waiting.remove(at: next), answer))
            }
        }
        return (replies, work)
    }
}

extension QueryReply {
    fileprivate init(_ waiting: QuestionQueue.Waiting, _ answer: Answer) {
        let done = QueryDone(record: waiting.question.record, committed: .start, count: 1, nextStreamNo: .start)
        self.init(number: waiting.number, answers: answer.isError ? [answer] : [answer, .queryDone(done)])
    }
}
