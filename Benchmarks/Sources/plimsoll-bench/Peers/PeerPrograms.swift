import Foundation

/// Programs of others, or limits of the machine in plain C, that run in the same run as what they are compared with.
///
/// They are not part of this repository; `scripts/bench` compiles them where it finds them.
struct PeerPrograms: Sendable {
    /// Where the compiled programs are; nil if there are none.
    let folder: String?

    /// The figures that a program prints as `key=value`, line by line, by the line's first words without one.
    func run(_ name: String, _ arguments: [String]) throws -> PeerFigures {
        guard let folder else { return .absent("no peer programs (PLIMSOLL_BENCH_PEERS)") }
        let path = folder + "/" + name
        guard FileManager.default.isExecutableFile(atPath: path) else {
            return .absent("\(name) was not compiled here")
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            return .absent("\(name) ended with status \(process.terminationStatus)")
        }
        return .found(text.split(separator: "\n").map(PeerLine.init))
    }

    /// A figure of a program, several times.
    func spread(
        of key: String, on line: String, _ name: String, _ arguments: [String], runs: Int
    ) throws -> Result<Spread, PeerMissing> {
        var values: [Double] = []
        for _ in 0..<runs {
            switch try run(name, arguments) {
            case .absent(let reason): return .failure(PeerMissing(reason: reason))
            case .found(let lines):
                guard let value = lines.first(where: { $0.name.hasPrefix(line) })?.values[key] else {
                    return .failure(PeerMissing(reason: "\(name) printed no \(key) on \(line)"))
                }
                values.append(value)
            }
        }
        return .success(Spread(values))
    }
}

/// What came of running a peer.
enum PeerFigures: Sendable {
    case found([PeerLine])
    case absent(String)
}

/// Why a peer has no figure.
struct PeerMissing: Error {
    let reason: String
}

/// A line of a peer's output: words, and figures by name.
struct PeerLine: Sendable {
    let name: String
    let values: [String: Double]

    init(_ text: Substring) {
        let words = text.split(separator: " ")
        name = words.filter { !$0.contains("=") }.joined(separator: " ")
        var values: [String: Double] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1)
            if parts.count == 2, let value = Double(parts[1]) { values[String(parts[0])] = value }
        }
        self.values = values
    }
}
