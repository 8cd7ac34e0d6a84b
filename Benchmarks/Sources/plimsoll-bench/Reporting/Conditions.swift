import Foundation
import MarginModel

/// What a figure depends on beside the code; printed before any figure.
struct Conditions: Encodable, Sendable {
    let processor: String
    let coreCount: Int
    let kernel: String
    let compiler: String
    let commit: String
    let build: String
    let kernelVariant: String
    /// Averages over 1, 5 and 15 minutes when the run began: what else the machine was doing.
    let load: String
    let effort: String
    /// Where logs are written, and on what kind of file system.
    let directory: String
    let time: String

    init(_ settings: BenchSettings) {
        let environment = ProcessInfo.processInfo.environment
        processor = Self.processorName
        coreCount = ProcessInfo.processInfo.activeProcessorCount
        kernel = Self.firstLine(of: "/proc/sys/kernel/osrelease")
        compiler = environment["PLIMSOLL_BENCH_COMPILER"] ?? "unknown (scripts/bench says)"
        commit = environment["PLIMSOLL_BENCH_COMMIT"] ?? "unknown (scripts/bench says)"
        #if DEBUG
            build = "debug: figures mean nothing"
        #else
            build = "release"
        #endif
        kernelVariant =
            "\(KernelVariant.current) of \(KernelVariant.available.map(\.description).joined(separator: ", "))"
        load = Self.firstLine(of: "/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")
        effort = settings.isSmoke ? "smoke: figures mean nothing" : "medians of \(settings.effort.runs) runs"
        directory = "\(settings.directory) (\(Self.fileSystem(of: settings.directory)))"
        time = Date().formatted(.iso8601)
    }

    var lines: [(String, String)] {
        [
            ("processor", processor), ("cores", "\(coreCount)"), ("kernel", kernel), ("compiler", compiler),
            ("commit", commit), ("build", build), ("kernels", kernelVariant), ("load", load), ("effort", effort),
            ("log directory", directory), ("time", time),
        ]
    }

    private static var processorName: String {
        let text = firstLine(of: "/proc/cpuinfo") { $0.hasPrefix("model name") }
        return text.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }

    private static func firstLine(of path: String, where isWanted: (Substring) -> Bool = { _ in true }) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { return "unknown" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first(where: isWanted).map(String.init)
            ?? "unknown"
    }

    /// Synchronising a file in memory costs nothing, so the kind matters.
    private static func fileSystem(of path: String) -> String {
        let mounts =
            FileManager.default.contents(atPath: "/proc/mounts").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let absolute = URL(filePath: path).path + "/"
        var best = (length: 0, kind: "unknown file system")
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2 else { continue }
            let point = fields[1].hasSuffix("/") ? String(fields[1]) : fields[1] + "/"
            if absolute.hasPrefix(point), point.count >= best.length { best = (point.count, String(fields[2])) }
        }
        return best.kind
    }
}
