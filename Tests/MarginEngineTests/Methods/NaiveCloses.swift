import MarginDomain
import MarginMethods
import MarginTestKit

/// Daily closes as section 9 of the rules has them, from the records alone, in the obvious way.
struct NaiveCloses {
    private var names: [AssetID: String] = [:]
    /// Last price by day.
    private var days: [AssetID: [Int64: Price]] = [:]
    private var latest: [AssetID: Timestamp] = [:]
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
        default: break
        }
    }

    private mutating func take(_ entry: IndexPrice) {
        guard names[entry.underlying] != nil, entry.price > .zero, entry.publishTime <= now + .seconds(1),
            entry.publishTime >= latest[entry.underlying] ?? entry.publishTime
        else { return }
        latest[entry.underlying] = entry.publishTime
        days[entry.underlying, default: [:]][entry.publishTime.nanoseconds / 86_400_000_000_000] = entry.price
    }

    /// The returns of all days that are over.
    func history() throws -> FactorHistory {
        guard let today = days.values.flatMap(\.keys).max() else { return .empty }
        var returns: [String: [Double]] = [:]
        for (asset, own) in days {
            guard let first = own.keys.min(), let name = names[asset], today - first > 1 else { continue }
            let prices = (max(first, today - 1100)..<today).map { day in
                own.filter { $0.key <= day }.max { $0.key < $1.key }?.value ?? .zero
            }
            returns[name] = FactorHistory.returns(of: prices.map { Double($0.ticks) })
        }
        let count = returns.values.map(\.count).max() ?? 0
        // Which dates they are plays no part in a requirement; that they ascend does.
        let dates = (0..<count).map { place in
            let text = "\(place)"
            return String(repeating: "0", count: 6 - text.count) + text
        }
        var series: [Factor: FactorHistory.Series] = [:]
        for (name, own) in returns {
            series[.spot(name)] = FactorHistory.Series(first: count - own.count, returns: own)
        }
        return try FactorHistory(dates: dates, series: series)
    }
}

extension MethodStream {
    /// A stream that begins with daily prices of every underlying, on so many days before its own first price.
    static func batches(seed: UInt64, method: String, historyDays: Int, from skipped: [Int: Int] = [:]) -> [EventBatch]
    {
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
        }
        batches.insert(contentsOf: history, at: first)
        return batches
    }
}
