import MarginDomain

/// Volatilities of a few strikes at a time, in one stream of three: of thin expiries beside points that grow old, some
/// far off, and of an expiry that nothing is listed of, before its forward and after its end.
///
/// With random numbers of its own, so that a stream is otherwise what it would be without them.
struct GeneratedSparse {
    var random: SplitMix64
    /// An expiry without instruments, by underlying.
    var unlisted: [AssetID: Timestamp] = [:]
    private var sequence = SequenceNumber(1)

    static let source = SourceID(951)

    init(seed: UInt64) { random = SplitMix64(seed: seed ^ 0x5B_A125E) }

    mutating func header(_ count: Int, at time: Timestamp) -> BatchHeader {
        defer { sequence = sequence.advanced(by: count) }
        return BatchHeader(source: Self.source, epoch: Epoch(1), firstSequence: sequence, sendingTime: time)
    }
}

extension GeneratedWorld {
    /// Now and then a few points arrive by themselves.
    mutating func publishSparsely() {
        guard var sparse, sparse.random.chance(0.2) else { return }
        defer { self.sparse = sparse }
        let asset = sparse.random.pick(underlyings)
        let unlisted = expiryWithoutInstruments(of: asset, &sparse)
        let events: EventGroup
        if sparse.random.chance(0.15) {
            let age = sparse.random.pick([0, 0, 30]) * Duration64.perSecond
            events = .forwardPoint([
                ForwardPoint(
                    underlying: asset.id, expiry: unlisted, forward: asset.ticks(price(of: asset) * 1.01),
                    settledForward: .zero, publishTime: Timestamp(time.nanoseconds - age))
            ])
        } else {
            let listed = expiries(of: asset)
            let isListed = !listed.isEmpty && sparse.random.chance(0.8)
            events = .volatilityPoint(points(of: asset, isListed ? sparse.random.pick(listed) : unlisted, &sparse))
        }
        governance?.note(events, from: GeneratedSparse.source)
        batches.append(EventBatch(header: sparse.header(events.count, at: time), events: events))
    }

    /// Another one once the last is well over.
    private func expiryWithoutInstruments(of asset: GeneratedAsset, _ sparse: inout GeneratedSparse) -> Timestamp {
        if let known = sparse.unlisted[asset.id], (time - known).inSeconds < 3600 { return known }
        let hours = sparse.random.pick([1, 2, 60])
        let expiry = Timestamp(time.nanoseconds + Int64(hours) * 3600 * Duration64.perSecond + 17)
        sparse.unlisted[asset.id] = expiry
        return expiry
    }

    private func points(
        of asset: GeneratedAsset, _ expiry: Timestamp, _ sparse: inout GeneratedSparse
    ) -> [VolatilityPoint] {
        let factor = sparse.random.pick([1, 1, 1, 1.3, 0.3, 4])
        let count = sparse.random.pick([1, 1, 2, 5])
        return (0..<count).map { place in
            let moneyness = sparse.random.pick([0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4])
            return VolatilityPoint(
                underlying: asset.id, expiry: expiry, strike: asset.ticks(asset.price * moneyness),
                volatility: Volatility(Int64(volatility(of: asset) * factor * 1e9)), last: place == count - 1,
                publishTime: time)
        }
    }
}
