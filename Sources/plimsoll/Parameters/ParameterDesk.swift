import Foundation
import MarginDomain
import MarginWire
import ZeroMQ

/// An operator's source: writes sets of parameters as the next messages of that source.
///
/// It remembers nothing: how far the source has come, and what time it is, the engine's heartbeat says.
struct ParameterDesk {
    let source: SourceID
    private let epoch: Epoch
    private var next: SequenceNumber
    private let time: Timestamp
    private(set) var batches: [EventBatch] = []

    init(_ source: SourceID, following heartbeat: Heartbeat) {
        let known = heartbeat.sources.first { $0.source == source }
        self.source = source
        epoch = known?.epoch ?? Epoch(1)
        next = known?.lastSequence.advanced(by: 1) ?? SequenceNumber(1)
        time = heartbeat.time
    }

    /// Adds a set, in as many messages as it needs.
    mutating func write(_ values: [ParameterValue], _ status: ParameterStatus, _ version: ParameterVersion) {
        var entries = values.map { $0.entry(version, status) }
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].last = true
        for start in stride(from: 0, to: entries.count, by: EngineLimits.groupEntriesMax) {
            let part = Array(entries[start..<min(start + EngineLimits.groupEntriesMax, entries.count)])
            let header = BatchHeader(source: source, epoch: epoch, firstSequence: next, sendingTime: time)
            next = next.advanced(by: part.count)
            batches.append(EventBatch(header: header, events: .riskParameters(part)))
        }
    }

    /// The messages as lines of the JSON mirror.
    func lines() throws -> [String] {
        var mirror = JSONMirror()
        return try batches.map { String(decoding: try mirror.encode($0), as: UTF8.self) }
    }

    /// Publishes the messages at an endpoint that the engine connects to.
    ///
    /// - Throws: that nobody subscribed in time.
    func publish(at endpoint: String, in context: ZeroMQContext) throws {
        try BusPublication.send(batches, topic: "ref.", at: endpoint, in: context)
    }
}
