import MarginDomain

/// What a trade and a cut cost if the owner has many pools: each is charged by the size of all of them.
///
/// Regressing here means: a market maker with a hundred isolated positions makes every one of its trades a hundred times as
/// dear for everybody else.
struct OwnerSuite {
    static let name = "owners"
    static let meaning = "one owner with 1, 10 and 100 pools of 5 positions, charged for its size in all of them"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        for poolCount in [1, 10, settings.size(100, smoke: 20)] {
            var venue = try OwnedVenue(poolCount: poolCount)
            let pools = poolCount == 1 ? "1 pool" : "\(poolCount) pools"
            let trade = try settings.effort.measure(operations: 2) { try venue.trades() }
            try report.add(
                Measurement(
                    Self.name, "a trade, owner of \(pools)", trade, "ns", note: "ledger and both pools' evaluation"))
            let cut = try settings.effort.measure(operations: 1) { try venue.cut() }
            try report.add(
                Measurement(Self.name, "  a cut", cut.scaled(by: 1e-3), "µs", note: "300 rows, then the pools"))
        }
    }
}
