public import MarginDomain
public import MarginWire

/// Where a feed takes up the stream: what the log says after recovery, nothing on a first start.
public struct FeedStart: Sendable {
    /// How far the log has one source.
    public struct Position: Equatable, Sendable {
        /// Never the engine's own.
        public var source: SourceID
        /// The highest in the log.
        public var epoch: Epoch
        /// The number of the last event of that epoch.
        public var lastSequence: SequenceNumber

        /// From its parts.
        public init(source: SourceID, epoch: Epoch, lastSequence: SequenceNumber) {
            self.source = source
            self.epoch = epoch
            self.lastSequence = lastSequence
        }
    }

    /// The log's incarnation; under it the engine's own records are numbered from 1.
    public var epoch: Epoch
    /// Engine time: the engine's own records carry it, so that they never move it.
    public var time: Timestamp
    /// For each source its last place: the highest epoch, and in it the highest number.
    public var positions: [Position]
    /// The exponents of what is listed already.
    public var scales: Scales

    /// The start of an empty log, unless told otherwise.
    public init(epoch: Epoch, time: Timestamp = .zero, positions: [Position] = [], scales: Scales = Scales()) {
        self.epoch = epoch
        self.time = time
        self.positions = positions
        self.scales = scales
    }

    /// Takes note of a record's batch, in order of the log; what recovery calls for every record.
    public mutating func note(_ batch: EventBatch) {
        time = max(time, batch.header.sendingTime)
        scales.learn(batch.events)
        let header = batch.header
        guard header.source != .engine else { return }
        let last = SequenceNumber(header.firstSequence.rawValue + UInt64(batch.events.count) - 1)
        let position = Position(source: header.source, epoch: header.epoch, lastSequence: last)
        if let place = positions.firstIndex(where: { $0.source == header.source }) {
            positions[place] = position
        } else {
            positions.append(position)
        }
    }
}
