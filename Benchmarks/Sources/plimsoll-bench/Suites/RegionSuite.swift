import Foundation
import Glibc
import MarginDomain
import MarginEngine
import MarginExchange
import MarginModel

/// From a record to the last signal it causes, where pools that cannot have reached a level are left out; beside it what
/// evaluating every pool takes.
///
/// Regressing here means: an exchange of this size needs more machines, and a liquidation comes later.
struct RegionSuite {
    static let name = "regions"
    static let meaning = """
        two underlyings, 300 options each, 10 positions a pool, excess/MM lognormal with median 1.5, one thread; ticks of 1 bp, \
        a surface each 200 records that moves every expiry 0.3 %; or a fall of 15 % in ticks
        """

    let settings: BenchSettings

    /// Regions found between two records: upkeep, off the way to a signal.
    private static let renewals = 4_096

    func run(_ report: inout Report) throws {
        let most = settings.size(1_000_000, smoke: 100)
        for pools in [most / 1000, most / 10, most] where pools >= 100 {
            try measure(pools, isCrash: false, &report)
        }
        try measure(most, isCrash: true, &report)
    }

    private func measure(_ pools: Int, isCrash: Bool, _ report: inout Report) throws {
        let memory = Self.residentBytes
        var venue = try RegionVenue(poolCount: pools, regions: .standard)
        let full = try full(&venue, pools)
        let perPool = Double(Self.residentBytes - memory) / Double(pools)
        var run = RegionRun(isCrash: isCrash)
        // Regions are found first.
        while venue.renew(atMost: 65_536) > 0 {}
        for _ in 0..<4 {
            _ = venue.tick(0, move: 0)
            _ = venue.tick(1, move: 0)
            while venue.renew(atMost: 65_536) > 0 {}
        }
        let records = settings.size(isCrash ? 6_000 : 4_000, smoke: 40)
        for number in 0..<records { run.step(number, of: records, &venue, renewals: Self.renewals) }
        let counts = venue.regionCounts
        let (prices, surfaces) = (Quantiles(run.prices), Quantiles(run.surfaces))
        let kind = isCrash ? "crash" : "calm"
        let size = Double(pools).figure
        let isLargest = pools == settings.size(1_000_000, smoke: 100)
        func add(_ name: String, _ value: Double, _ unit: String, _ target: Target? = nil, note: String? = nil) throws {
            try report.add(
                Measurement(Self.name, "\(kind), \(size) pools: \(name)", value, unit, target: target, note: note))
        }
        try add(
            "price record to signal, mean", prices.mean * 1e-3, "µs",
            isLargest ? .atMost(isCrash ? 500 : 100) : nil,
            note: """
                \(run.evaluated / max(run.prices.count, 1)) pools evaluated a record, \(run.signals) signals; exact: \
                \(counts.exact.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")), loose \(counts.loose)
                """)
        try add(
            "  99th percentile", prices.at(0.99) * 1e-3, "µs",
            isLargest ? (isCrash ? .atMost(1.2 * full * 1e-3) : .atMost(1_000)) : nil)
        try add("  worst", prices.at(1) * 1e-3, "µs")
        try add(
            "volatility record, mean", surfaces.mean * 1e-3, "µs", isLargest ? .atMost(1.2 * full * 1e-3) : nil)
        try add("  worst", surfaces.at(1) * 1e-3, "µs")
        try add("upkeep a record", run.upkeep / Double(records) * 1e-3, "µs", note: "\(run.renewed) regions found")
        try add("  beside it a cut that evaluates every pool", full * 1e-3, "µs")
        try add(
            "all CPU over what evaluating every pool takes", (run.total + run.upkeep) / (full * Double(records)), "×",
            .atMost(1.2))
        if isLargest, !isCrash { try add("memory", perPool, "B a pool", .atMost(1_024)) }
    }

    /// A cut of one underlying that evaluates all pools of it, in nanoseconds.
    private func full(_ venue: inout RegionVenue, _ pools: Int) throws -> Double {
        var spent: [Double] = []
        venue.use(.none)
        defer { venue.use(.standard) }
        for _ in 0..<settings.size(3, smoke: 1) {
            for coin in 0..<2 {
                let begin = ClockReading()
                let evaluated = venue.tick(coin, move: 0).evaluationCount
                spent.append(Double(ClockReading().thread - begin.thread))
                guard evaluated > pools / 2 else { throw PoolsMissing(expected: pools, found: evaluated) }
            }
        }
        return Spread(spent).median
    }

    /// Pages of this process: the second number of statm.
    private static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}

/// A run of records, and what each took.
private struct RegionRun {
    let isCrash: Bool
    private(set) var prices: [Double] = []
    private(set) var surfaces: [Double] = []
    private(set) var upkeep = 0.0
    private(set) var renewed = 0
    private(set) var evaluated = 0
    private(set) var signals = 0
    private var random = SplitMix64(seed: 7)

    init(isCrash: Bool) { self.isCrash = isCrash }

    var total: Double { prices.reduce(0, +) + surfaces.reduce(0, +) }

    mutating func step(_ number: Int, of records: Int, _ venue: inout RegionVenue, renewals: Int) {
        let isSurface = number % 201 == 200
        let coin = isSurface ? number / 201 % 2 : Int(random.next() % 2)
        let begin = ClockReading()
        let effects =
            isSurface
            ? venue.surface(coin, moves: 0.003) : venue.tick(coin, move: move(records))
        let spent = Double(ClockReading().thread - begin.thread)
        if isSurface { surfaces.append(spent) } else { prices.append(spent) }
        evaluated += isSurface ? 0 : effects.evaluationCount
        signals += effects.signals.count
        let start = ClockReading()
        renewed += venue.renew(atMost: renewals)
        upkeep += Double(ClockReading().thread - start.thread)
    }

    /// 1 bp up or down; in a crash 15 % down over the run, with ticks of 2 bp around it.
    private mutating func move(_ records: Int) -> Double {
        let sign = random.next() % 2 == 0 ? 1.0 : -1.0
        return isCrash ? log(0.85) / (Double(records) / 2) + 2e-4 * sign : 1e-4 * sign
    }
}

/// Quantiles of what was measured.
private struct Quantiles {
    private let sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    var mean: Double { sorted.isEmpty ? 0 : sorted.reduce(0, +) / Double(sorted.count) }

    func at(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
    }
}
