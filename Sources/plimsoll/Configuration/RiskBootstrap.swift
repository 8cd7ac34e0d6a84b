import MarginDomain

/// Turns a risk file into the records that an empty log begins with.
///
/// Shared values come first. Values of an asset follow the record that lists it, since only then its number is
/// known. Whoever appends them numbers them. What a log already says about an asset is never said again: parameters of a live engine change by events.
struct RiskBootstrap: Sendable {
    private let file: RiskFile
    private var hasShared: Bool
    private var known: Set<AssetID>

    /// - Parameters:
    ///   - hasShared: whether the log has parameters that hold for every asset.
    ///   - known: assets that the log has parameters of.
    init(_ file: RiskFile, hasShared: Bool, known: Set<AssetID>) {
        self.file = file
        self.hasShared = hasShared
        self.known = known
    }

    /// The record of shared values, once.
    mutating func opening(at time: Timestamp, epoch: Epoch) -> EventBatch? {
        guard !hasShared else { return nil }
        hasShared = true
        return batch(file.shared, of: AssetID(0), at: time, epoch)
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
        let header = BatchHeader(source: .engine, epoch: epoch, firstSequence: SequenceNumber(1), sendingTime: time)
        return EventBatch(header: header, events: .riskParameters(values))
    }
}
