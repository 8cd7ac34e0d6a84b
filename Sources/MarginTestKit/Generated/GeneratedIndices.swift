public import MarginDomain

/// Volatility indices of a generated exchange: two tenors of each underlying, with gaps, late levels, ever more tenors,
/// and some that must be refused.
///
/// With random numbers of its own and in records of its own, so that a stream is otherwise what it would be without them.
public struct GeneratedIndices {
    private var random: SplitMix64
    private let underlyings: [AssetID]
    private var sequence = SequenceNumber(1)
    private var levels: [AssetID: Double] = [:]

    private static let source = SourceID(960)
    /// In days.
    private static let tenors: [UInt16] = [7, 30]

    init(seed: UInt64, underlyings: [GeneratedAsset]) { self.init(seed: seed, of: underlyings.map(\.id)) }

    /// Indices of some underlyings.
    public init(seed: UInt64, of underlyings: [AssetID]) {
        random = SplitMix64(seed: seed ^ 0xD_401)
        self.underlyings = underlyings
    }

    /// Records with those of indices between them, about one after every eighth.
    public mutating func between(_ batches: [EventBatch]) -> [EventBatch] {
        var all: [EventBatch] = []
        var now = Timestamp.zero
        for batch in batches {
            all.append(batch)
            now = max(now, batch.header.sendingTime)
            guard !underlyings.isEmpty, random.chance(0.12) else { continue }
            all.append(self.batch((0...random.index(4)).map { _ in entry(at: now) }, at: now))
        }
        return all
    }

    /// The levels of a day that is over, at its end; some are missing.
    ///
    /// - Parameter isYoung: whether the shorter tenor is not published yet.
    public mutating func day(endingAt time: Timestamp, isYoung: Bool = false) -> EventBatch {
        var entries: [VolatilityIndex] = []
        for underlying in underlyings {
            let level = min(max(levels[underlying, default: 0.6] * (1 + 0.05 * random.bell()), 0.1), 3)
            levels[underlying] = level
            for tenor in Self.tenors.dropFirst(isYoung ? 1 : 0) where !random.chance(0.04) {
                let own = level * (1 + 0.02 * random.bell() * (tenor == 7 ? 2 : 1))
                entries.append(
                    VolatilityIndex(
                        underlying: underlying, tenorDays: tenor, volatility: Volatility(Int64(own * 1e9)),
                        publishTime: time))
            }
        }
        return batch(entries, at: time)
    }

    private mutating func batch(_ entries: [VolatilityIndex], at time: Timestamp) -> EventBatch {
        defer { sequence = sequence.advanced(by: entries.count) }
        let header = BatchHeader(
            source: Self.source, epoch: Epoch(1), firstSequence: sequence, sendingTime: time)
        return EventBatch(header: header, events: .volatilityIndex(entries))
    }

    /// Usually a level that is as good as any other.
    private mutating func entry(at now: Timestamp) -> VolatilityIndex {
        var entry = VolatilityIndex(
            underlying: random.pick(underlyings), tenorDays: random.pick(Self.tenors),
            volatility: Volatility(Int64(random.number(0.3, 1.2) * 1e9)), publishTime: now)
        switch random.index(16) {
        case 0: entry.volatility = Volatility(random.pick([.min, -1, 0, 9_999_999, 10_000_000_001, .max]))
        case 1: entry.tenorDays = random.pick([0, 3651, .max])
        case 2: entry.underlying = random.pick([GeneratedAsset.gold.id, AssetID(999)])
        case 3: entry.publishTime = now + .seconds(random.pick([1, 2, 86_400]))
        case 4: entry.publishTime = Timestamp(now.nanoseconds - random.pick([1, 3_600, 90_000]) * 1_000_000_000)
        case 5: entry.publishTime = random.pick([.zero, Timestamp(.max), Timestamp(.min)])
        // More tenors than an underlying may have.
        case 6...9: entry.tenorDays = UInt16(1 + random.index(40))
        case 10: entry.volatility = random.pick([Volatility(10_000_000), Volatility(10_000_000_000)])
        default: break
        }
        return entry
    }
}
