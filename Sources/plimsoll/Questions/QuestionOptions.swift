import ArgumentParser
import MarginDomain
import MarginWire

/// Whom a question goes to: a running engine, or a log.
struct QuestionOptions: ParsableArguments {
    @Option(help: "Ask this log instead of a running engine; it is folded in this process.") var log: String?
    @Option(help: "With --log: as of this record; the last by default.") var at: UInt64?
    @Option(help: "The engine's query endpoint; that of the configuration by default.") var endpoint: String?
    @Option(help: "The configuration with the endpoint.") var config = "config/plimsoll.yaml"
    @Option(help: "Longest wait for a running engine, in seconds.") var patience = 10
    @Flag(help: "Implied but for explain --log: answers are JSON, one a line.") var json = false

    func validate() throws {
        guard at == nil || log != nil else {
            throw ValidationError("--at needs --log: an engine knows its last record only")
        }
        guard (1...3600).contains(patience) else { throw ValidationError("--patience must be between 1 and 3600") }
    }

    /// Prints all answers to a question; what is wrong with it ends the command with 2.
    func ask(_ question: Question) async throws {
        for line in try await answers(to: question) { print(line) }
    }

    /// The answers as JSON, one a line.
    func answers(to question: Question) async throws -> [String] {
        if let desk = try await logDesk() { return try await desk.answers(to: question) }
        return try await RouterDesk(endpoint: engineEndpoint(), patienceSeconds: patience).answers(to: question)
    }

    /// The log's desk, if a log is asked.
    func logDesk() async throws -> LogDesk? {
        guard let log else { return nil }
        return try await LogDesk(log, upTo: at.map { RecordNumber($0) })
    }

    private func engineEndpoint() async throws -> String {
        if let endpoint { return endpoint }
        do { return try await PlimsollConfiguration.load(config).queryEndpoint } catch let error as ConfigurationFaults
        {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
    }
}

/// A question in the JSON mirror: the same text goes to an engine's ROUTER and to a log.
struct Question {
    /// As JSON.
    let text: String

    /// - Parameter members: JSON members after the message's name, each complete.
    init(_ message: String, _ members: [String]) {
        text = "{" + (["\"message\":\"\(message)\""] + members).joined(separator: ",") + "}"
    }

    /// A quoted decimal: the mirror reads it exactly, or says what is wrong with it.
    static func decimal(_ text: String) -> String {
        // Only what may stand in a decimal: whatever else there is must not become JSON.
        "\"" + text.filter { $0.isNumber || "+-.eE".contains($0) || $0.isLetter } + "\""
    }
}

/// An error answer, said to whoever asked.
func refuse(_ error: QueryError) -> any Error {
    let field = error.field == .empty ? "" : " (\(error.field))"
    complain("\(error.fault)\(field): \(error.explanation)")
    return ExitStatus.wrongInput
}
