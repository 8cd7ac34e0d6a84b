import ArgumentParser
import Foundation
import MarginModel
import MarginWire

/// Answers margin questions, each a case in JSON, without an engine.
struct MarginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin",
        abstract: "Answers margin questions: cases in JSON, each with its market and positions.",
        discussion: """
            Prints one JSON answer a line for each case, in the order of the cases. If any case cannot be read, every
            such case is named on standard error, nothing is printed, and the command ends with 2.

            EXAMPLES
              plimsoll margin --case case.json                   one case, or a list of them
              plimsoll margin --case - --lines < cases.jsonl     one case a line
              plimsoll margin --case case.json --risk my.yaml    under other risk parameters
            """)

    /// The models that there are; more come with the margin methods.
    private static let models = ["plimsoll"]

    @Option(help: "The margin model.") var model = "plimsoll"
    @Option(name: .customLong("case"), help: "The file with the cases; - for standard input.") var file: String
    @Flag(help: "The file has one case a line.") var lines = false
    @Option(help: "The risk parameters.") var risk = "config/risk/plimsoll.yaml"
    @Flag(help: "Implied: answers are always JSON.") var json = false

    func run() throws {
        guard Self.models.contains(model) else {
            complain("--model \(model): there is no such model; there is \(Self.models.joined(separator: ", "))")
            throw ExitStatus.wrongInput
        }
        let parameters = try readParameters()
        let cases: CaseFile
        do { cases = try CaseFile(file, lines ? .lines : .text) } catch {
            complain("\(file): \(error)")
            throw ExitStatus.wrongInput
        }
        var answers: [String] = []
        var isWhole = true
        for entry in cases.entries {
            do { answers.append(try answer(entry, parameters)) } catch {
                complain("\(entry.label): \(error)")
                isWhole = false
            }
        }
        guard isWhole else { throw ExitStatus.wrongInput }
        for answer in answers { print(answer) }
    }

    private func readParameters() throws -> CaseParameters {
        do { return try CaseParameters(try RiskFile.load(risk)) } catch let error as ConfigurationFaults {
            complain(error.description)
        } catch let error as UnreadableCase { complain("\(risk): \(error.explanation)") }
        throw ExitStatus.wrongInput
    }

    private func answer(
        _ entry: CaseFile.Entry, _ shared: CaseParameters
    ) throws(UnreadableCase) -> String {
        let fields = try CaseFields(try entry.content.get(), at: JSONPath(), keys: MarginCase.keys)
        let question = try MarginCase(fields)
        var parameters = shared
        if let own = fields.value("parameters") {
            parameters = try shared.overridden(by: try RiskFile(overrides: own, at: fields.path(of: "parameters")))
        }
        let answer: CaseAnswer
        do { answer = try question.answer(under: parameters.set, symbols: parameters.symbols) } catch {
            throw UnreadableCase(explanation: "\(error)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let reply = CaseReply(model: model, parametersVersion: parameters.version, answer: answer)
        // What cannot be encoded is an overflow: no finite number went in that large.
        do { return String(decoding: try encoder.encode(reply), as: UTF8.self) } catch {
            throw UnreadableCase(explanation: "the answer is not finite; the numbers are too large")
        }
    }
}
