import Foundation
import Yams

/// Finds keys that no one reads: a misspelt key would otherwise keep its default in silence.
struct KnownKeys {
    /// Dotted paths of all keys.
    let paths: Set<String>

    static let configuration = KnownKeys(paths: [
        "log.directory", "log.id", "log.segmentMebibytes",
        "bus.sbe", "bus.json", "bus.sbeRecovery", "bus.jsonRecovery", "bus.silenceMilliseconds",
        "signals.sbe", "signals.json",
        "state.sbe", "state.json", "state.moveBasisPoints", "state.refreshSeconds", "state.heartbeatMilliseconds",
        "query.endpoint", "engine.shards", "engine.risk", "logging.level",
    ])

    /// One fault for every unknown key, with its line and, if one is close, the key that was meant.
    func faults(in node: Node, file: String, under prefix: String = "") -> [ConfigurationFault] {
        guard let mapping = node.mapping else {
            return [
                ConfigurationFault(
                    file: file, line: node.mark?.line, key: prefix, explanation: "expected a mapping of keys")
            ]
        }
        return mapping.flatMap { key, value -> [ConfigurationFault] in
            let path = prefix + (key.string ?? "?")
            if paths.contains(path) { return [] }
            if paths.contains(where: { $0.hasPrefix(path + ".") }) {
                return faults(in: value, file: file, under: path + ".")
            }
            let suggestion = nearest(to: path).map { "; did you mean \($0)?" } ?? ""
            return [
                ConfigurationFault(
                    file: file, line: key.mark?.line, key: path, explanation: "unknown key\(suggestion)")
            ]
        }
    }

    private func nearest(to path: String) -> String? {
        let candidates = paths.map { (distance: Self.distance(Array($0), Array(path)), path: $0) }
        return candidates.min { ($0.distance, $0.path) < ($1.distance, $1.path) }.flatMap {
            $0.distance <= max(2, path.count / 3) ? $0.path : nil
        }
    }

    /// Levenshtein distance.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                current.append(
                    min(previous[column + 1] + 1, current[column] + 1, previous[column] + (character == other ? 0 : 1)))
            }
            previous = current
        }
        return previous[right.count]
    }
}
