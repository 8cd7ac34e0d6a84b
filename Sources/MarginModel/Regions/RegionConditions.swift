import CMarginKernels
import MarginDomain

/// What regions of an underlying take for granted beside the market's place: if any of it changes, all of them are void.
struct RegionConditions: Equatable, Sendable {
    /// Versions of what people decide and publish.
    let parameters: Int
    let listings: Int
    let faults: Int
    let grid: ScenarioGrid?
    let funding: [Int64]
    let groups: [Group]

    struct Group: Equatable, Sendable {
        /// Whether rows of the expiry have bounds: enough time is left, and nothing of it is settled.
        let isBounded: Bool
        let steepIsFlat: Bool
    }

    init(_ book: borrowing UnderlyingBook, _ parameters: borrowing ParameterSet, version: Int) {
        self.parameters = version
        listings = book.contracts.listingVersion
        faults = book.table.faultsVersion
        grid = book.table.grid
        funding = book.table.fundingOfRow
        let scan = parameters.scan
        groups = book.contracts.groups.indices.map { number in
            let years = book.table.yearsOfGroup[number]
            let isPerpetual = book.contracts.groups[number].expiry == .zero
            let isBounded =
                isPerpetual
                || years > RegionMetric.shortestYears && !book.table.isSettlingGroup[number]
                    && TimeFactor.of(scan, days: years * 365) < .infinity
            return Group(isBounded: isBounded, steepIsFlat: years * 365 <= 30)
        }
    }
}

/// `c` of docs/safe-regions.md §2: how much width a relative change of the time to expiry takes.
enum TimeFactor {
    /// `½ + max |d ln shape/d ln τ|` over the shapes, over all the time until regions begin anew and that any box covers;
    /// infinite where a shape comes near nil.
    static func of(_ scan: ParameterSet.Scan, days: Double) -> Double {
        let soonest = max(1, days * RegionMetric.soonest)
        let powers = days <= 30 ? [scan.shortPower] : [scan.longPowerFlat, scan.longPowerSteep]
        var largest = 0.0
        for power in powers {
            let size = mk_exponential(power * mk_logarithm(30 / soonest))
            largest = max(largest, power * scan.volUp * size / (1 + scan.volUp * size))
            let rest = 1 - scan.volDown * size
            if rest < 0.02 { return .infinity }
            largest = max(largest, power * scan.volDown * size / rest)
        }
        return 0.5 + largest
    }
}
