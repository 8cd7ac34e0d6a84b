import MarginDomain

/// Questions that take thousands of small cuts: a few cuts a turn, the first question first, so that events wait for none
/// of them.
struct LevelsQueue {
    private var waiting: [(number: UInt64, search: LevelsSearch)] = []

    /// Most questions that wait at a time.
    static let countMax = 16
    /// Cuts of a turn: a fraction of a millisecond.
    static let cutsPerTurn = 8

    static let busy = QueryError(
        fault: .busy, field: .empty,
        explanation: "too many searches for liquidation levels are on their way; ask again")

    var isEmpty: Bool { waiting.isEmpty }
    var isFull: Bool { waiting.count >= Self.countMax }

    mutating func add(_ search: LevelsSearch, for number: UInt64) { waiting.append((number, search)) }

    /// Goes on with the first question; its reply once it is answered.
    mutating func advance() -> QueryReply? {
        guard !waiting.isEmpty else { return nil }
        waiting[0].search.advance(cuts: Self.cutsPerTurn)
        guard waiting[0].search.isFinished else { return nil }
        let (number, search) = waiting.removeFirst()
        let done = QueryDone(record: search.record, committed: .start, count: 1, nextStreamNo: .start)
        return QueryReply(number: number, answers: [.liquidationLevels(search.answer), .queryDone(done)])
    }
}
