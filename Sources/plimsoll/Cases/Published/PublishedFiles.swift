import Foundation
import MarginWire

/// The files that `plimsoll conformance` is given: files, and folders whose files end in `.json`.
enum PublishedFiles {
    /// Files in the order of their numbers, folders replaced by what is in them.
    static func paths(_ given: [String]) throws(UnreadableCase) -> [String] {
        var paths: [String] = []
        for path in given {
            guard isFolder(path) else {
                paths.append(path)
                continue
            }
            let names: [String]
            do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
                throw UnreadableCase(explanation: "\(path): cannot be read: \(error.localizedDescription)")
            }
            let files = names.filter { $0.hasSuffix(".json") }
            guard !files.isEmpty else { throw UnreadableCase(explanation: "\(path): no .json file in this folder") }
            paths += files.sorted { $0.compare($1, options: .numeric) == .orderedAscending }.map { "\(path)/\($0)" }
        }
        return paths
    }

    private static func isFolder(_ path: String) -> Bool {
        // A file that is not there is named when it is read.
        do { return try URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false } catch {
            return false
        }
    }

    /// What stands in one file.
    static func value(_ path: String) throws(UnreadableCase) -> JSONValue {
        let bytes: [UInt8]
        do { bytes = Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw UnreadableCase(explanation: "cannot be read: \(error.localizedDescription)")
        }
        do { return try JSONText.parse(bytes, within: CaseFile.limits) } catch {
            throw UnreadableCase(path: error.path, explanation: "\(error.reason)")
        }
    }
}
