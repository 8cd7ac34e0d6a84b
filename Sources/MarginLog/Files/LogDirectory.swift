import MarginDomain

/// The files of one log:
///
/// ```
/// <directory>/lock                   held by the writer
/// <directory>/anchor                 the last record known to be durable
/// <directory>/0000000001.segment     records, oldest segment first
/// ```
struct LogDirectory: Sendable {
    let path: String
    let fileSystem: any LogFileSystem

    private static let suffix = ".segment"
    private static let digits = 10

    var anchorPath: String { path + "/" + AnchorFile.name }
    var lockPath: String { path + "/lock" }

    func path(of segment: SegmentNumber) -> String {
        let number = String(segment.rawValue)
        let padding = String(repeating: "0", count: max(0, LogDirectory.digits - number.count))
        return path + "/" + padding + number + LogDirectory.suffix
    }

    /// The segments in order; throws if one between the first and the last is missing.
    func segments() throws(LogError) -> [SegmentNumber] {
        let names = try fileSystem.names(in: path)
        let segments = names.compactMap(segment(named:)).sorted()
        for (expected, found) in zip((segments.first?.rawValue ?? 0)..., segments) where found.rawValue != expected {
            throw .segmentMissing(SegmentNumber(expected))
        }
        return segments
    }

    private func segment(named name: String) -> SegmentNumber? {
        guard name.hasSuffix(LogDirectory.suffix) else { return nil }
        let number = name.dropLast(LogDirectory.suffix.count)
        guard number.count >= LogDirectory.digits, number.allSatisfy(\.isNumber), let value = UInt64(number) else {
            return nil
        }
        return SegmentNumber(value)
    }

    /// The anchor as read; nil if there is no such file.
    func readAnchor() throws(LogError) -> AnchorFile.Contents? {
        guard try fileSystem.names(in: path).contains(AnchorFile.name) else { return nil }
        return try AnchorFile.read(try fileSystem.open(anchorPath, .read))
    }
}
