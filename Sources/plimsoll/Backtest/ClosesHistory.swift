import MarginDomain

/// What a closes file has to tell an engine.
struct ClosesHistory {
    private let prices: [IndexPrice]
    private let indices: [VolatilityIndex]

    /// - Throws: what is wrong with a column or a value.
    init(
        _ prices: [ClosesColumn], _ volatilities: [VolatilityColumn], in file: ClosesFile
    ) throws(UnreadableMarketData) {
        self.prices = try ClosesColumn.prices(of: prices, in: file)
        indices = try VolatilityColumn.indices(of: volatilities, in: file)
    }

    var count: Int { prices.count + indices.count }

    /// As many messages as are needed, prices first; each was sent when its last entry was published.
    func batches(
        _ source: SourceID, epoch: Epoch = Epoch(1), from first: SequenceNumber = SequenceNumber(1)
    ) -> [EventBatch] {
        var batches: [EventBatch] = []
        var sequence = first
        func add(_ events: EventGroup, _ time: Timestamp) {
            let header = BatchHeader(source: source, epoch: epoch, firstSequence: sequence, sendingTime: time)
            batches.append(EventBatch(header: header, events: events))
            sequence = sequence.advanced(by: events.count)
        }
        for part in Self.parts(of: prices) { add(.indexPrice(Array(part)), part[part.endIndex - 1].publishTime) }
        for part in Self.parts(of: indices) { add(.volatilityIndex(Array(part)), part[part.endIndex - 1].publishTime) }
        return batches
    }

    private static func parts<Entry>(of entries: [Entry]) -> [ArraySlice<Entry>] {
        stride(from: 0, to: entries.count, by: EngineLimits.groupEntriesMax).map { start in
            entries[start..<min(start + EngineLimits.groupEntriesMax, entries.count)]
        }
    }
}
