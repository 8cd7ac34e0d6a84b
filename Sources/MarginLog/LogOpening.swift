public import MarginDomain

/// What opening a log found and did.
public struct RecoveryReport: Equatable, Sendable {
    /// The place after the last record found, before this process's claim.
    public let end: LogPosition

    /// Event time of that record.
    public let eventTime: Timestamp

    /// Records found.
    public let records: UInt64

    /// Records passed over by the accept rule.
    public let skippedRecords: Int

    /// An unfinished write that was cut off: nothing of it was ever acknowledged.
    public let ending: LogReader.Ending

    /// One slot of the anchor was unreadable; the other was used.
    public let anchorHadDamagedSlot: Bool
}

/// Opens the files of a log for writing: reads all of it, then and only then cuts an unfinished write.
struct LogOpening {
    let report: RecoveryReport
    let segments: SegmentWriter
    let anchor: AnchorFile

    init(_ directory: LogDirectory, _ configuration: SegmentedLogConfiguration) throws(LogError) {
        let (anchor, hadDamagedSlot) = try LogOpening.anchor(directory, configuration.id)
        self.anchor = anchor
        let reader = try LogReader(directory, anchor: anchor.anchor, from: nil, committed: nil)
        while try reader.advance() != nil {}
        report = RecoveryReport(
            end: reader.position, eventTime: reader.eventTime, records: reader.records,
            skippedRecords: reader.skippedRecords, ending: reader.ending ?? .clean,
            anchorHadDamagedSlot: hadDamagedSlot)
        segments = try LogOpening.segments(reader, configuration)
    }

    private static func anchor(
        _ directory: LogDirectory, _ id: LogID
    ) throws(LogError) -> (AnchorFile, hadDamagedSlot: Bool) {
        let fileSystem = directory.fileSystem
        if let contents = try directory.readAnchor() {
            guard contents.anchor.log == id else { throw .anotherLog(expected: id, found: contents.anchor.log) }
            let file = try fileSystem.open(directory.anchorPath, .write)
            return (AnchorFile(contents, in: file), contents.hasDamagedSlot)
        }
        guard try directory.segments().isEmpty else { throw .anchorUnreadable(path: directory.anchorPath) }
        // The anchor is durable before the first segment is created, so this log never held a record.
        if try fileSystem.names(in: directory.path).contains(AnchorFile.name) {
            try fileSystem.remove(directory.anchorPath)
        }
        let anchor = try AnchorFile(creatingFor: id, in: try fileSystem.open(directory.anchorPath, .create))
        try fileSystem.synchronizeDirectory(directory.path)
        return (anchor, false)
    }

    private static func segments(
        _ reader: LogReader, _ configuration: SegmentedLogConfiguration
    ) throws(LogError) -> SegmentWriter {
        let directory = reader.directory
        if case .torn(let place, _)? = reader.ending, place.offset == 0 {
            try directory.fileSystem.remove(directory.path(of: place.segment))
            try directory.fileSystem.synchronizeDirectory(directory.path)
        }
        guard reader.hasSegment else {
            return try SegmentWriter(
                creating: .first, at: reader.position, in: directory, log: reader.log,
                segmentBytes: configuration.segmentBytes)
        }
        return try SegmentWriter(
            continuingAt: reader.location, after: reader.position, in: directory, log: reader.log,
            segmentBytes: configuration.segmentBytes)
    }
}
