import Foundation
import Glibc

/// A process that this one starts, and ends.
final class ChildProcess {
    private let process = Process()
    private let logPath: String

    /// - Parameter logPath: where its output goes.
    init(_ executable: String, _ arguments: [String], logPath: String) throws {
        self.logPath = logPath
        _ = FileManager.default.createFile(atPath: logPath, contents: nil)
        guard let log = FileHandle(forWritingAtPath: logPath) else {
            throw ChildFailed(reason: "cannot write \(logPath)")
        }
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }

    /// The last lines of what it said.
    var lastWords: String {
        let text = FileManager.default.contents(atPath: logPath).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }

    /// Nanoseconds of processor time so far.
    var processorTime: Int64 {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process.processIdentifier)/stat") else {
            return 0
        }
        // Fields after the command's name, which may hold spaces: state is the first, utime the twelfth.
        let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else { return 0 }
        return (user + system) * 1_000_000_000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Asks it to end, and waits until it has.
    func end() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }
}

/// What was to be measured did not start or did not answer.
struct ChildFailed: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
