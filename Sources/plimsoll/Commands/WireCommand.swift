import ArgumentParser
import MarginWire

/// Translates between the JSON mirror and SBE frames, a line each.
struct WireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wire",
        abstract: "Translates between the JSON mirror and SBE frames in hexadecimal.",
        discussion: """
            One message a line, standard input to standard output. Listings must precede what they give exponents to.

            EXAMPLES
              plimsoll wire encode < messages.jsonl > frames.hex
              plimsoll wire decode < frames.hex
            """,
        subcommands: [Encode.self, Decode.self])

    struct Encode: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "JSON lines to SBE frames.")

        func run() throws {
            var transcript = WireTranscript()
            try translate { line throws(WireError) in try transcript.frame(ofJSON: line) }
        }
    }

    struct Decode: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "SBE frames to JSON lines.")

        func run() throws {
            var transcript = WireTranscript()
            try translate { line throws(WireError) in try transcript.json(ofFrame: line) }
        }
    }
}

/// Translates standard input line by line; a wrong line is named and ends the command.
private func translate(_ line: (String) throws(WireError) -> String) throws {
    var number = 0
    while let text = readLine() {
        number += 1
        if text.isEmpty { continue }
        do { print(try line(text)) } catch {
            complain("line \(number): \(error)")
            throw ExitStatus.wrongInput
        }
    }
}
