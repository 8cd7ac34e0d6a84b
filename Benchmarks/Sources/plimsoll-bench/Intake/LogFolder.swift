import Foundation
import MarginDomain
import MarginLog

/// A folder for one log, removed after use.
struct LogFolder {
    static let id = LogID(1)
    let path: String

    init(in directory: String) throws {
        path = directory + "/plimsoll-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func open() throws(LogError) -> SegmentedLog {
        try SegmentedLog.open(
            SegmentedLogConfiguration(directory: path + "/log", id: Self.id, node: NodeID(1)))
    }

    /// Reads the closed log from its first record to its last.
    ///
    /// - Returns: how many batches and events it holds.
    func contents() throws -> (batches: Int, events: Int) {
        let reader = try LogReader(directory: path + "/log")
        var found = (batches: 0, events: 0)
        while let record = try reader.next() {
            guard let event = try BatchRecords.batch(of: record) else { continue }
            found.batches += 1
            found.events += event.batch.events.count
        }
        return found
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
