import Foundation

/// Figures on standard output, as lines for people or one JSON object a line; progress on standard error.
struct Report {
    let isJSON: Bool
    /// Whether figures are held against their targets: not those of a smoke run, which mean nothing.
    let isJudging: Bool
    private let encoder = JSONEncoder()
    /// Targets met and missed so far.
    private(set) var metCount = 0
    private(set) var missedCount = 0

    init(isJSON: Bool, isJudging: Bool) {
        (self.isJSON, self.isJudging) = (isJSON, isJudging)
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    mutating func begin(_ conditions: Conditions) throws {
        if isJSON { return try emit(conditions) }
        put("Conditions")
        for (name, value) in conditions.lines { put("  \(name.padded(to: 14))\(value)") }
    }

    mutating func begin(_ suite: String, _ meaning: String) {
        progress(suite)
        if !isJSON { put("\n\(suite): \(meaning)") }
    }

    mutating func add(_ measured: Measurement) throws {
        let measurement = isJudging ? measured : measured.unjudged
        if let isMet = measurement.isMet { if isMet { metCount += 1 } else { missedCount += 1 } }
        if isJSON { try emit(measurement) } else { put(Self.line(measurement)) }
    }

    mutating func add(_ figures: LatencyFigures) throws {
        if isJSON { try emit(figures) } else { put(figures.line) }
    }

    /// Names the columns of what follows.
    func heading(_ text: String) { if !isJSON { put(text) } }

    /// Says that something was not measured, and why.
    mutating func skip(_ suite: String, _ what: String, because reason: String) throws {
        if isJSON { return try emit(Omission(suite: suite, name: what, omitted: reason)) }
        put("  \(what.padded(to: 62)) not measured: \(reason)")
    }

    mutating func end() {
        if !isJSON, isJudging { put("\n\(metCount) targets met, \(missedCount) missed") }
    }

    /// What is being done, for whoever waits.
    func progress(_ text: String) { FileHandle.standardError.write(Data("… \(text)\n".utf8)) }

    private struct Omission: Encodable {
        let suite: String
        let name: String
        let omitted: String
    }

    private func emit(_ value: some Encodable) throws {
        put(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Unbuffered: figures appear as they are found, also in a pipe.
    private func put(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    private static func line(_ measurement: Measurement) -> String {
        var line =
            "  \(measurement.name.padded(to: 62)) \(measurement.median.figure.aligned(to: 10))"
        if !measurement.unit.isEmpty { line += " \(measurement.unit)" }
        if measurement.runs > 1 {
            line += "  (\(measurement.low.figure)–\(measurement.high.figure), n=\(measurement.runs))"
        }
        if let wall = measurement.wall { line += "  wall \(wall.figure)" }
        if let target = measurement.target, let isMet = measurement.isMet {
            let ratio = measurement.ratio.map { ", ratio \($0.figure)" } ?? ""
            line += "  target \(target.figure)\(ratio): \(isMet ? "met" : "MISSED")"
        }
        if let note = measurement.note { line += "\n      \(note)" }
        return line
    }
}
