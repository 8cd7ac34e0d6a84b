import Handover
import MarginConsole
import MarginDomain
import MarginEngine
import MarginFeed
import MarginLog
import MarginWire

/// Answers questions from a log: folds it up to a record and asks the state there.
struct LogDesk {
    private let engine: ShardedEngine
    private let mirror: JSONMirror
    /// Of the last record folded.
    private let epoch: Epoch
    /// Names of what was listed.
    let names: Nomenclature

    /// - Parameter last: nil folds all of it.
    /// - Throws: what stands in the way, after saying it.
    init(_ directory: String, upTo last: RecordNumber?) async throws {
        do {
            let reader = try LogReader(directory: directory)
            var fold = try LogFold(
                shardCount: 1, log: reader.log, on: ThreadExecutor(name: "question"), display: DisplayRules())
            try await fold.fold(reader, upTo: last) { _ in }
            if let last, reader.position.number < last {
                complain("\(directory): record \(last) is not in the log, which ends with \(reader.position.number)")
                throw ExitStatus.wrongInput
            }
            engine = fold.engine
            mirror = JSONMirror(scales: fold.feedStart.scales)
            names = fold.names
            epoch = fold.lastEpoch
        } catch let error as LogError {
            complain("\(directory): \(error)")
            throw ExitStatus.wrongInput
        }
    }

    /// The answers as JSON, one a line.
    func answers(to question: Question) async throws -> [String] {
        try await found(question).map { String(decoding: try mirror.encode($0), as: UTF8.self) }
    }

    /// The answers, without what ends them.
    func found(_ question: Question) async throws -> [Answer] {
        let query: Query
        do { query = try mirror.decodeQuery(Array(question.text.utf8).wireBytes) } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        let answers = await engine.answer(query)
        if case .queryError(let error)? = answers.first { throw refuse(error) }
        return answers.filter { if case .queryDone = $0 { false } else { true } }.map(stamped)
    }

    /// An answer as the engine that wrote the log would have stamped it.
    private func stamped(_ answer: Answer) -> Answer {
        guard case .explanation(var explanation) = answer else { return answer }
        (explanation.epoch, explanation.committed) = (epoch, true)
        return .explanation(explanation)
    }
}
