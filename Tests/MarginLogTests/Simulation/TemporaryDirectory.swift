import Glibc
import MarginDomain
import MarginLog
import Testing

/// A directory of its own for one test, removed with its files afterwards.
final class TemporaryDirectory {
    let path: String
    var logPath: String { path + "/log" }

    init() throws {
        var template = Array((P_tmpdir + "/margin-log-XXXXXX").utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { name in
            name.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else {
            throw LogError.file(.createDirectory, path: P_tmpdir, code: errno)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do throws(LogError) {
            let files = PosixFileSystem()
            if try files.names(in: path).contains("log") {
                for name in try files.names(in: logPath) { try files.remove(logPath + "/" + name) }
                rmdir(logPath)
            }
            for name in try files.names(in: path) { try files.remove(path + "/" + name) }
            rmdir(path)
        } catch {
            Issue.record("the directory could not be removed: \(error)")
        }
    }

    func configuration() -> SegmentedLogConfiguration {
        var configuration = SegmentedLogConfiguration(directory: logPath, id: LogID(7), node: NodeID(1))
        configuration.segmentBytes = 4096
        return configuration
    }
}
