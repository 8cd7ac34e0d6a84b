import MarginDomain
import MarginEngine
import MarginModel

/// What it takes to see what a set of risk parameters would do to every live pool: rows made again under the set,
/// 100,000 pools of about ten positions evaluated from scratch, states compared, one core.
///
/// Regressing here means: an operator waits longer, and so do events, because the engine answers between two batches.
struct PreviewSuite {
    static let name = "preview"
    static let meaning =
        "a proposed set over all live pools: one underlying, 300 instruments, about 10 positions a pool"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        let poolCount = settings.size(100_000, smoke: 500)
        var venue = try PreviewedVenue(poolCount: poolCount)
        let query = Query.previewQuery(PreviewQuery(version: PreviewedVenue.proposed))
        let timing = try settings.effort.measure(operations: 1) { try venue.checked(query) }
        let count = Double(poolCount).figure
        try report.add(
            Measurement(
                Self.name, "preview of \(count) pools", timing.scaled(by: 1e-6), "ms", target: .atMost(1000),
                note: "\(venue.positionCount) positions; answered by the engine state, one thread"))
        try report.add(
            Measurement(Self.name, "  a pool", timing.scaled(by: 1 / Double(poolCount)), "ns"))
        // What events wait for afterwards: the copy is gone, nothing is shared any more.
        let cut = try settings.effort.measure(operations: 1) { try venue.cut() }
        try report.add(Measurement(Self.name, "  beside it a cut of the same pools", cut.scaled(by: 1e-6), "ms"))
    }
}
