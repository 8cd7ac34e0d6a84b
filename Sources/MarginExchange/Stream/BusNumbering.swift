import MarginDomain

/// Gives every message its place in its source's stream and a sending time later than all before it.
///
/// Distinct times let a consumer tell whether something it sees came before or after something it did.
struct BusNumbering: Sendable {
    /// Entries of one message; bodies then stay well below every frame limit.
    static let entriesMax = 256

    private(set) var histories: [SourceID: SourceHistory] = [:]
    private(set) var lastTime: Timestamp
    let epoch: Epoch

    init(from start: Timestamp, epoch: Epoch) {
        lastTime = start
        self.epoch = epoch
    }

    /// Announces a source before it first speaks, so that it has heartbeats from the start.
    mutating func open(_ source: SourceID) { histories[source] = histories[source] ?? SourceHistory() }

    /// The events as a source's next message.
    mutating func message(_ events: EventGroup, from source: SourceID, topic: String, at time: Timestamp) -> BusMessage
    {
        precondition(events.count <= Self.entriesMax * 2, "a message of so many entries may exceed a frame")
        let header = BatchHeader(
            source: source, epoch: epoch, firstSequence: histories[source]?.next ?? SequenceNumber(1),
            sendingTime: stamp(time))
        let message = BusMessage(topic: topic, batch: EventBatch(header: header, events: events))
        histories[source, default: SourceHistory()].keep(message)
        return message
    }

    /// Heartbeats of all sources that have sent nothing for longer than `silence`, in order of source; nil takes all.
    mutating func heartbeats(at time: Timestamp, after silence: Duration64?) -> [BusMessage] {
        let sources = histories.keys.sorted().filter { source in
            guard let silence, let history = histories[source] else { return true }
            return silence < time - history.lastTime
        }
        return sources.map { source in
            let header = BatchHeader(
                source: source, epoch: epoch, firstSequence: histories[source]?.next ?? SequenceNumber(1),
                sendingTime: stamp(time))
            histories[source]?.noteHeartbeat(at: header.sendingTime)
            return BusMessage(topic: "ctl.", batch: EventBatch(header: header, events: .sourceHeartbeat([])))
        }
    }

    private mutating func stamp(_ time: Timestamp) -> Timestamp {
        lastTime = max(time, lastTime + Duration64(1))
        return lastTime
    }
}
