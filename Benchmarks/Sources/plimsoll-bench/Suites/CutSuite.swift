import MarginModel

/// What a complete cut costs: rows of 300 instruments with 61 columns, then scan, add-ons, IM and MM of 10,000 pools
/// with 10 positions each, from scratch, on one core.
///
/// Regressing here means: a price takes longer to reach the last pool, and fewer prices a second can be evaluated.
struct CutSuite {
    static let name = "cut"
    static let meaning = "one underlying, 300 instruments, 61 columns, 10 positions a pool, one thread"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        for (poolCount, target) in [
            (settings.size(10_000, smoke: 200), Target.atMost(1.5)), (settings.size(1_000, smoke: 20), nil),
        ] {
            try measure(poolCount: poolCount, target, &report)
        }
        try addPeers(&report)
    }

    private func measure(poolCount: Int, _ target: Target?, _ report: inout Report) throws {
        var chain = try ChainBook(poolCount: poolCount, positionsPerPool: 10)
        let moments = ChainBook.Moment.allCases
        func everyPool(_ found: (sum: UInt64, count: Int)) throws -> UInt64 {
            guard found.count == poolCount else { throw PoolsMissing(expected: poolCount, found: found.count) }
            return found.sum
        }
        let whole = try settings.effort.measure(operations: moments.count) {
            var sum: UInt64 = 0
            for moment in moments {
                chain.refresh(at: moment)
                sum ^= try everyPool(chain.evaluate())
            }
            return sum
        }
        let rows = try settings.effort.measure(operations: moments.count) {
            for moment in moments { chain.refresh(at: moment) }
            return 0
        }
        let pools = try settings.effort.measure(operations: 1) { try everyPool(chain.evaluate()) }
        let count = Double(poolCount).figure
        try report.add(
            Measurement(Self.name, "complete cut, \(count) pools", whole.scaled(by: 1e-6), "ms", target: target))
        try report.add(Measurement(Self.name, "  of it rows of 300 instruments", rows.scaled(by: 1e-6), "ms"))
        try report.add(Measurement(Self.name, "  of it \(count) pools", pools.scaled(by: 1e-6), "ms"))
        try report.add(
            Measurement(Self.name, "  one pool of 10 positions", pools.scaled(by: 1 / Double(poolCount)), "ns"))
    }

    /// The limit in C: AVX-512, contraction on, 32 columns and nothing else; 61 columns would take 61/32 of it.
    private func addPeers(_ report: inout Report) throws {
        let arguments = ["10000", "10", "300", "1"]
        let columns = 61.0 / 32.0
        for (key, name) in [
            ("b2_f64_ms", "peer, C: acct_bench b2 (scan only, 10,000 accounts), scaled to 61 columns"),
            ("price_instr32_ms", "peer, C: acct_bench price (rows of 300 options), scaled to 61 columns"),
        ] {
            switch try settings.peers.spread(
                of: key, on: "acct", "acct_bench", arguments, runs: settings.size(5, smoke: 1))
            {
            case .success(let spread):
                try report.add(Measurement(Self.name, name, spread.scaled(by: columns), "ms"))
            case .failure(let missing): try report.skip(Self.name, name, because: missing.reason)
            }
        }
    }
}

/// Pools that were not margined: the figure would be of less work than it says.
struct PoolsMissing: Error, CustomStringConvertible {
    let expected: Int
    let found: Int
    var description: String { "\(found) of \(expected) pools were margined" }
}
