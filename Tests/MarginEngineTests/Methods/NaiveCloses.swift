import MarginDomain
import MarginMethods
import MarginTestKit

/// Daily closes as section 9 of the rules has them, from the records alone, in the obvious way.
struct NaiveCloses {
    /// A volatility index: of what, and for how many days.
    private struct Tenor: Hashable {
        let asset: AssetID
        let days: UInt16
    }

    private var names: [AssetID: String] = [:]
    /// Last price by day, in ticks.
    private var prices: [AssetID: [Int64: Int64]] = [:]
    private var latest: [AssetID: Timestamp] = [:]
    /// Last level by day, in billionths.
    private var levels: [Tenor: [Int64: Int64]] = [:]
    private var latestLevels: [Tenor: Timestamp] = [:]
    private var now = Timestamp.zero

    mutating func note(_ batch: EventBatch) {
        now = max(now, batch.header.sendingTime)
        switch batch.events {
        case .assetListed(let entries):
            for entry in entries where entry.hasIndex && names[entry.asset] == nil {
                names[entry.asset] = "\(entry.symbol)"
            }
        case .clock(let entries): for entry in entries { now = max(now, entry.time) }
        case .indexPrice(let entries): for entry in entries { take(entry) }
        case .volatilityIndex(let entries): for entry in entries { take(entry) }
        default: break
        }
    }

    private mutating func take(_ entry: IndexPrice) {
        guard names[entry.underlying] != nil, entry.price > .zero, entry.publishTime <= now + .seconds(1),
            entry.publishTime >= latest[entry.underlying] ?? entry.publishTime
        else { return }
        latest[entry.underlying] = entry.publishTime
        prices[entry.underlying, default: [:]][Self.day(entry.publishTime)] = entry.price.ticks
    }

    private mutating func take(_ entry: VolatilityIndex) {
        let tenor = Tenor(asset: entry.underlying, days: entry.tenorDays)
        let isRoomy = levels[tenor] != nil || levels.keys.filter { $0.asset == tenor.asset }.count < 8
        let isSane = entry.volatility.fraction >= 0.01 && entry.volatility.fraction <= 10
        guard names[entry.underlying] != nil, (1...3650).contains(entry.tenorDays), isSane, isRoomy,
            entry.publishTime <= now + .seconds(1),
            entry.publishTime >= latestLevels[tenor] ?? entry.publishTime
        else { return }
        latestLevels[tenor] = entry.publishTime
        levels[tenor, default: [:]][Self.day(entry.publishTime)] = entry.volatility.billionths
    }

    private static func day(_ time: Timestamp) -> Int64 {
        Int64((Double(time.nanoseconds / 1_000_000_000) / 86_400).rounded(.down))
    }

    /// The returns of all days that are over.
    func history() throws -> FactorHistory {
        let days = prices.values.flatMap(\.keys) + levels.values.flatMap(\.keys)
        guard let today = days.max() else { return .empty }
        func returns(_ own: [Int64: Int64]) -> [Double] {
            guard let first = own.keys.min(), today - first > 1 else { return [] }
            let closes = (max(first, today - 1100)..<today).map { day in
                own.filter { $0.key <= day }.max { $0.key < $1.key }?.value ?? 0
            }
            return FactorHistory.returns(of: closes.map { Double($0) })
        }
        var all: [Factor: [Double]] = [:]
        for (asset, own) in prices {
            guard let name = names[asset] else { continue }
            let spot = returns(own)
            if spot.isEmpty { continue }
            all[.spot(name)] = spot
            let tenors = levels.filter { $0.key.asset == asset }.mapValues(returns)
            // A tenor that would cost the others dates does not count.
            let most = tenors.values.map(\.count).max() ?? 0
            for (tenor, own) in tenors where own.count == most && most > 0 {
                all[.volatility(name, days: Int(tenor.days))] = own
            }
        }
        let count = all.values.map(\.count).max() ?? 0
        // Which dates they are plays no part in a requirement; that they ascend does.
        let dates = (0..<count).map { place in
            let text = "\(place)"
            return String(repeating: "0", count: 6 - text.count) + text
        }
        let series = all.mapValues { FactorHistory.Series(first: count - $0.count, returns: $0) }
        return try FactorHistory(dates: dates, series: series)
    }
}

extension MethodStream {
    /// A stream that begins with daily prices of every underlying, on so many days before its own first price.
    ///
    /// - Parameter indexDays: on how many of them there are volatility indices too, which then go on to the end; the
    ///   shorter tenor is as old as the other with an even seed.
    static func batches(
        seed: UInt64, method: String, historyDays: Int, from skipped: [Int: Int] = [:], indexDays: Int = 0
    ) -> [EventBatch] {
        var batches = batches(seed: seed, method: method)
        guard
            let first = batches.firstIndex(where: {
                if case .indexPrice = $0.events { true } else { false }
            })
        else { return batches }
        var prices: [AssetID: IndexPrice] = [:]
        for case .indexPrice(let entries) in batches.map(\.events) {
            for entry in entries where prices[entry.underlying] == nil && entry.price > .zero {
                prices[entry.underlying] = entry
            }
        }
        var random = SplitMix64(seed: seed)
        var indices = GeneratedIndices(seed: seed, of: prices.keys.sorted())
        var history: [EventBatch] = []
        let start = batches[first].header.sendingTime
        for day in stride(from: historyDays, to: 0, by: -1) {
            let time = Timestamp(start.nanoseconds - Int64(day) * 86_400_000_000_000 - 1_000_000_000)
            var entries: [IndexPrice] = []
            for (place, asset) in prices.keys.sorted().enumerated() {
                guard var entry = prices[asset] else { continue }
                entry.price = Price(max(1, Int64(Double(entry.price.ticks) * (1 + 0.03 * random.bell()))))
                entry.publishTime = time
                prices[asset] = entry
                // A coin may be listed later, and days may be missing.
                if day <= historyDays - skipped[place, default: 0], !random.chance(0.02) { entries.append(entry) }
            }
            let header = BatchHeader(
                source: SourceID(77), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: time)
            history.append(EventBatch(header: header, events: .indexPrice(entries)))
            if day <= indexDays {
                let isYoung = !seed.isMultiple(of: 2) && day > indexDays - 20
                history.append(indices.day(endingAt: time, isYoung: isYoung))
            }
        }
        let rest = Array(batches[first...])
        batches.replaceSubrange(first..., with: history + (indexDays > 0 ? indices.between(rest) : rest))
        return batches
    }
}
