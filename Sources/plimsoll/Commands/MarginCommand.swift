import ArgumentParser
import Foundation
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
              plimsoll margin --model derive-portfolio --case case.json --detail

            MODELS
              \(CaseModel.names.joined(separator: ", "))
            """)

    @Option(help: "The margin model.") var model = CaseModel.standardName
    @Option(name: .customLong("case"), help: "The file with the cases; - for standard input.") var file: String
    @Option(
        help: """
            Daily closes for expected-shortfall: a date, then a column a coin, and one such as BTC:30 a volatility index; \
            else as the case gives them.
            """)
    var history: String?
    @Flag(help: "The file has one case a line.") var lines = false
    @Option(help: "The risk parameters. (default: config/risk/<model>.yaml)") var risk: String?
    @Flag(help: "Adds a method's scenarios, and the amounts that its components were chosen from.") var detail = false
    @Flag(help: "Implied: answers are always JSON.") var json = false

    func run() throws {
        let loaded: CaseModel
        do { loaded = try CaseModel.load(model, risk: risk, history: history) } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        let cases: CaseFile
        do { cases = try CaseFile(file, lines ? .lines : .text) } catch {
            complain("\(file): \(error)")
            throw ExitStatus.wrongInput
        }
        var answers: [String] = []
        var isWhole = true
        for entry in cases.entries {
            do { answers.append(try answer(entry, loaded)) } catch {
                complain("\(entry.label): \(error)")
                isWhole = false
            }
        }
        guard isWhole else { throw ExitStatus.wrongInput }
        for answer in answers { print(answer) }
    }

    private func answer(_ entry: CaseFile.Entry, _ model: CaseModel) throws(UnreadableCase) -> String {
        let reply = try model.reply(to: try entry.content.get(), detail ? .detail : .components)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // What cannot be encoded is an overflow: no finite number went in that large.
        do { return String(decoding: try encoder.encode(reply), as: UTF8.self) } catch {
            throw UnreadableCase(explanation: "the answer is not finite; the numbers are too large")
        }
    }
}
