import MarginDomain
import MarginEngine

/// What questions cost on the engine's thread: what-ifs a second beside events, and the tail of pre-trade checks.
///
/// Regressing here means: orders wait longer to be allowed, or questions hold up events.
struct QuestionSuite {
    static let name = "questions"
    static let meaning =
        "a pool of 20 legs, 300 instruments, 100 other pools; a price (a whole cut) between every 20 questions"

    let settings: BenchSettings

    private static let questionsPerEvent = 20

    func run(_ report: inout Report) throws {
        var engine = try QuestionedEngine()
        let rounds = settings.size(500, smoke: 2)
        var whatIfs: [Double] = []
        for _ in 0..<settings.size(5, smoke: 1) { whatIfs.append(try whatIfRate(&engine, rounds)) }
        try report.add(
            Measurement(
                Self.name, "what-ifs beside events", Spread(whatIfs), "1/s", target: .atLeast(5_000),
                note: "CPU time of one core, the events' included: one cut for \(Self.questionsPerEvent) questions"))

        try add(checks(&engine, rounds), "pre-trade check with reservation, 99th percentile", to: &report)
        engine.tighten()
        try add(checks(&engine, rounds), "the same in a pool with little margin left", to: &report)
    }

    private func add(_ checks: [(nanoseconds: Int64, accepted: Bool)], _ what: String, to report: inout Report) throws {
        let times = checks.map(\.nanoseconds).sorted()
        let accepted = checks.count(where: \.accepted)
        try report.add(
            Measurement(
                Self.name, what, Double(times[times.count * 99 / 100]) / 1_000, "µs", target: .atMost(50),
                note:
                    "CPU time of the thread, \(times.count.grouped) checks, \(accepted.grouped) accepted, beside up to 7 standing "
                    + "reservations in 4 instruments; median \((Double(times[times.count / 2]) / 1_000).figure) µs"))
    }

    private func whatIfRate(_ engine: inout QuestionedEngine, _ rounds: Int) throws -> Double {
        let begin = ClockReading()
        for round in 0..<rounds {
            engine.movePrice()
            for number in 0..<Self.questionsPerEvent {
                let answer = engine.engine.answer(engine.whatIf(round * Self.questionsPerEvent + number)).first
                guard case .whatIfAnswer? = answer else { throw NoAnswer(instead: "\(String(describing: answer))") }
            }
        }
        let spent = Double(ClockReading().thread - begin.thread) / 1e9
        return Double(rounds * Self.questionsPerEvent) / spent
    }

    /// CPU time of each check, and whether it passed.
    private func checks(
        _ engine: inout QuestionedEngine, _ rounds: Int
    ) throws -> [(nanoseconds: Int64, accepted: Bool)] {
        var checks: [(nanoseconds: Int64, accepted: Bool)] = []
        for round in 0..<rounds {
            engine.movePrice()
            for number in 0..<Self.questionsPerEvent {
                let query = engine.check(round * Self.questionsPerEvent + number)
                let begin = ClockReading()
                let answer = engine.engine.answer(query).first
                let nanoseconds = ClockReading().thread - begin.thread
                guard case .checkAnswer(let check)? = answer else {
                    throw NoAnswer(instead: "\(String(describing: answer))")
                }
                checks.append((nanoseconds, check.accepted))
            }
        }
        return checks
    }
}

/// A question that was not answered as it should be: the figure would be of something else.
struct NoAnswer: Error, CustomStringConvertible {
    let instead: String
    var description: String { "instead of an answer: \(instead)" }
}
