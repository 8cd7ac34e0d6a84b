import MarginDomain
import MarginLog

/// Where the logs of the tests are on a simulated disk.
let directory = "log"
let anchorPath = "log/anchor"
let firstSegmentPath = "log/0000000001.segment"
let secondSegmentPath = "log/0000000002.segment"

/// Small segments and queues, so that a few records rotate and fill them.
func configuration(segmentBytes: Int = 4096, whenFull: FullPolicy = .backpressure) -> SegmentedLogConfiguration {
    var configuration = SegmentedLogConfiguration(directory: directory, id: LogID(7), node: NodeID(1))
    configuration.segmentBytes = segmentBytes
    configuration.queueBytesMax = 64 << 10
    configuration.whenFull = whenFull
    configuration.anchorSyncCommits = 3
    return configuration
}

/// A record whose every field depends on `index`; bodies of all lengths modulo the alignment.
func draft(_ index: Int) -> RecordDraft {
    RecordDraft(
        kind: index % 5 == 4 ? .heartbeat : .data, eventTime: Timestamp(1_000 + Int64(index)), count: index % 7,
        body: (0..<(index * 13 % 90)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) })
}

/// Everything a reader finds, or the error it meets.
func readAll(_ disk: SimulatedDisk.State, from first: RecordNumber? = nil) throws(LogError) -> [LogRecord] {
    let reader = try LogReader(directory: directory, from: first, fileSystem: SimulatedDisk(disk))
    var records: [LogRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
}

extension LogRecord {
    /// The draft it was appended from.
    var draft: RecordDraft { RecordDraft(kind: kind, eventTime: eventTime, count: count, body: body) }
}

/// A log with a claim and `count` records, each its own commit, and then closed.
func closedLog(_ count: Int, segmentBytes: Int = 1 << 16) async throws -> SimulatedDisk.State {
    let disk = SimulatedDisk()
    let log = try SegmentedLog.open(configuration(segmentBytes: segmentBytes), fileSystem: disk)
    var position = log.end
    for index in 0..<count {
        position = try log.append([draft(index)], after: position)
        _ = try await log.barrier()
    }
    try log.close()
    return disk.state
}

/// Where each record of a log without rotation begins, and where the last one ends.
func recordOffsets(_ disk: SimulatedDisk.State) throws -> [Int] {
    let bytes = disk.bytes(firstSegmentPath)
    var offsets: [Int] = []
    var offset = 64
    while offset < bytes.count, bytes[offset] != 0 {
        let isMark = Array(bytes[offset..<offset + 4]) == Array("PMRK".utf8)
        let bodyBytes = isMark ? 0 : Int(bytes[offset + 40]) | Int(bytes[offset + 41]) << 8
        if !isMark { offsets.append(offset) }
        offset += 64 + (bodyBytes + 7) / 8 * 8
    }
    return offsets + [offset]
}
