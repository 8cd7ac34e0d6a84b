import MarginDomain

/// Turns a risk file into the records that an empty log begins with.
///
/// Shared values come first, then those of every published method. Values of an asset follow the record that lists it, since only then its number is
/// known. Whoever appends them numbers them. What a log already says about an asset is never said again: parameters of a live engine change by events.
struct RiskBootstrap: Sendable {
    private let file: RiskFile
    private var hasShared: Bool
    private var known: Set<AssetID>
    private var methods: [MethodBootstrap]

    /// - Parameters:
    ///   - methods: those that the log has no parameters of.
    ///   - hasShared: whether the log has parameters that hold for every asset.
    ///   - known: assets that the log has parameters of.
    init(_ file: RiskFile, methods: [MethodBootstrap], hasShared: Bool, known: Set<AssetID>) {
        self.methods = methods
        self.file = file
        self.hasShared = hasShared
        self.known = known
    }

    /// The records of shared values and of methods, once.
    mutating func opening(at time: Timestamp, epoch: Epoch) -> [EventBatch] {
        var records: [EventBatch] = []
        if !hasShared { records.append(batch(file.shared, of: AssetID(0), at: time, epoch)) }
        hasShared = true
        for method in methods where !method.values.isEmpty {
            let values = method.values.enumerated().map { place, value in
                value.entry(method.version, .effective, last: place == method.values.count - 1)
            }
            records.append(batch(values, at: time, epoch))
        }
        methods = []
        return records
    }

    /// The records that must follow a batch that lists assets.
    mutating func records(after batch: EventBatch, epoch: Epoch) -> [EventBatch] {
        guard case .assetListed(let listings) = batch.events else { return [] }
        var records: [EventBatch] = []
        for listing in listings where !known.contains(listing.asset) {
            guard let entries = file.bySymbol["\(listing.symbol)"] else { continue }
            known.insert(listing.asset)
            records.append(self.batch(entries, of: listing.asset, at: batch.header.sendingTime, epoch))
        }
        return records
    }

    private mutating func batch(
        _ entries: [RiskFile.Entry], of asset: AssetID, at time: Timestamp, _ epoch: Epoch
    ) -> EventBatch {
        let values = entries.enumerated().compactMap { place, entry -> RiskParameters? in
            guard let key = Symbol(entry.key) else { return nil }
            return RiskParameters(
                version: file.version, status: .effective, key: key, asset: asset, index: entry.index,
                value: entry.value, last: place == entries.count - 1)
        }
        return batch(values, at: time, epoch)
    }

    private func batch(_ values: [RiskParameters], at time: Timestamp, _ epoch: Epoch) -> EventBatch {
        let header = BatchHeader(source: .engine, epoch: epoch, firstSequence: SequenceNumber(1), sendingTime: time)
        return EventBatch(header: header, events: .riskParameters(values))
    }
}
