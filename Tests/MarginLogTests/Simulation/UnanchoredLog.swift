import MarginDomain

@testable import MarginLog

/// A log whose last batch was written but, as far as anchor and marks tell, never synchronised.
struct UnanchoredLog {
    /// The disk as a dead writer left it, with an anchor from before the last batch.
    let state: SimulatedDisk.State

    /// All records, those of the last batch included.
    let records: [LogRecord]

    /// Where each record begins, and where the last one ends.
    let offsets: [Int]

    /// Records before the last batch.
    let anchored: Int

    static func make(anchored: Int = 5, last: Int = 3) async throws -> UnanchoredLog {
        let disk = SimulatedDisk()
        let log = try SegmentedLog.open(configuration(segmentBytes: 1 << 14), fileSystem: disk)
        var position = log.end
        for index in 0..<anchored - 1 {
            position = try log.append([draft(index)], after: position)
            _ = try await log.barrier()
        }
        let anchor = disk.state.bytes(anchorPath)
        // One append is one batch, so that no mark stands between its records.
        _ = try log.append((0..<last).map { draft(anchored + 1 + $0) }, after: position)
        _ = try await log.barrier()
        log.abandon()

        let state = disk.state
        return UnanchoredLog(
            state: state.replacing(anchorPath, with: anchor), records: try readAll(state),
            offsets: try recordOffsets(state), anchored: anchored)
    }
}
