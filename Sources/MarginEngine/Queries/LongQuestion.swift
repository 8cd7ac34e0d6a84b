import MarginDomain
import MarginModel

/// A search that is worked on a bounded amount at a time, on a copy of what it needs.
protocol QuestionSearch: Sendable {
    /// The record that it is about.
    var record: RecordNumber { get }
    /// Nil while it is on its way.
    var answer: Answer? { get }

    /// Goes on by so much ``Work``, and the evaluation that reaches it; what is found does not depend on it.
    ///
    /// - Returns: the work that was done.
    mutating func advance(work: Int) -> Int
}

/// A question that takes many evaluations, on its way: events go on meanwhile, and the answer is about the record at
/// which it was asked (``QuestionQueue``).
struct LongQuestion: Sendable {
    private var search: any QuestionSearch

    init(_ search: some QuestionSearch) { self.search = search }

    var record: RecordNumber { search.record }
    var answer: Answer? { search.answer }

    mutating func advance(work: Int) -> Int { search.advance(work: work) }

    /// All of it at once.
    consuming func finished() -> Answer {
        while true {
            if let answer { return answer }
            _ = advance(work: .max)
        }
    }
}

/// What a shard says to the beginning of a long question.
enum QuestionStart: Sendable {
    /// The pool is another shard's.
    case elsewhere
    case refused(QueryError)
    case begun(LongQuestion)
}

extension EngineState {
    /// Begins to answer a question that takes long.
    ///
    /// - Returns: nil if another shard must answer, or if it is no such question.
    func longQuestion(_ query: Query) throws(QuestionFault) -> LongQuestion? {
        switch query {
        case .liquidationLevelsQuery(let query): return try levelsSearch(query).map { LongQuestion($0) }
        case .largestQuery(let query):
            guard let place = evaluated(query.pool) else { return nil }
            return LongQuestion(try largestSearch(query, place))
        case .curesQuery(let query):
            guard let place = evaluated(query.pool) else { return nil }
            return LongQuestion(try curesSearch(place))
        default: return nil
        }
    }

    func begin(_ query: Query) -> QuestionStart {
        do throws(QuestionFault) {
            return try longQuestion(query).map { .begun($0) } ?? .elsewhere
        } catch { return .refused(error.error) }
    }
}

extension Query {
    /// Whether it may take longer than events should wait.
    var isLong: Bool {
        switch self {
        case .liquidationLevelsQuery, .largestQuery, .curesQuery: true
        default: false
        }
    }
}
