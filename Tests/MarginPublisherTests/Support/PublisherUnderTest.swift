import MarginDomain
import MarginWire

@testable import MarginPublisher

/// A publisher state with a way to ask it.
struct PublisherUnderTest {
    var state: PublisherState
    var now = ContinuousClock.now
    var committed = RecordNumber(0)

    init(
        _ configuration: PublisherConfiguration = PublisherConfiguration(), from start: PublisherStart = Sample.start()
    ) {
        state = PublisherState(configuration, from: start)
    }

    /// Hands over signals and lets the log commit them.
    mutating func send(_ signals: [Signal]) {
        guard let last = signals.last else { return }
        state.take(.batch(Sample.batch(upTo: last.record.rawValue, signals: signals)), now: now)
        committed = max(committed, last.record)
        while state.nextSignal(committed: committed) != nil {}
    }

    /// Asks, and returns what others have to do for it.
    mutating func ask(_ query: Query, request: [UInt8] = [1]) throws -> PublisherState.Errand {
        var encoder = SBEEncoder()
        try encoder.encode(query)
        return state.receive([[9, 9], request, encoder.frame], now: now)
    }

    /// What everybody who asked gets now.
    mutating func answers() -> [Answer] {
        state.settle(committed: committed, now: now)
        var answers: [Answer] = []
        while sendAnswers({
            answers.append($1); return .sent
        }) {}
        return answers
    }

    mutating func sendAnswers(_ send: (Asker, Answer) -> AnswerDelivery) -> Bool {
        state.sendAnswers(committed: committed, now: now, with: send)
    }

    /// Asks and gets the answers.
    mutating func answers(to query: Query) throws -> [Answer] {
        _ = try ask(query)
        return answers()
    }
}

extension [Answer] {
    /// The numbers of the signals among them.
    var signalNumbers: [UInt64] {
        compactMap {
            if case .signal(let signal) = $0 { return signal.signalNo.rawValue }
            return nil
        }
    }

    /// How they end.
    var done: QueryDone? {
        if case .queryDone(let done) = last { return done }
        return nil
    }

    /// The error that they are.
    var error: QueryError? {
        if count == 1, case .queryError(let error) = first { return error }
        return nil
    }
}
