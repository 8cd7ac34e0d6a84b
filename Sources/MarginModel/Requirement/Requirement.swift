import MarginDomain

/// The requirement of docs/margin-model.md §7–8 in whole quanta, from the sums of the scan.
///
/// Used with the ledger's quanta and, by margin cases, with a much finer one.
struct Requirement {
    /// The parameters that it takes.
    struct Rates {
        let kappa: Double
        let minimumDeltaGross: Double
        let minimumDeltaNet: Double
        let factors: ParameterSet.Factors

        init(_ parameters: ParameterSet) {
            kappa = parameters.scan.kappa
            minimumDeltaGross = parameters.addOns.minimumDeltaGross
            minimumDeltaNet = parameters.addOns.minimumDeltaNet
            factors = parameters.factors
        }
    }

    /// Loss of the worst combination of scenarios, and the least that a position's size demands.
    let scan: Double
    let floor: Double
    let totals: UnderlyingTotals
    /// Charges on balances.
    var stablecoinMaintenance = 0.0
    var stablecoinInitial = 0.0
    var haircutMaintenance = 0.0
    var haircutInitial = 0.0
    /// Charges while a price is in doubt; initial margin only.
    var oracleUncertainty = 0.0
    var twoPrice = 0.0
    /// Funding of the next eight hours; initial margin only.
    var funding = 0.0
    /// Charges by the size of the owner; initial margin only.
    var liquidity = 0.0
    var concentration = 0.0
    /// What orders in the market add; initial margin only.
    private(set) var openOrders = 0.0
    /// `scan°`, if there are orders and it has a number.
    private(set) var orderedScan: Double?

    /// `joint` is `B`; nil with at most one underlying.
    @inline(__always)
    init(_ totals: UnderlyingTotals, joint: Double?, _ rates: Rates) {
        self.totals = totals
        scan = Self.scan(worst: totals.worst, joint: joint, kappa: rates.kappa)
        floor =
            (rates.minimumDeltaGross * totals.grossDelta).roundedUp
            + (rates.minimumDeltaNet * totals.netDelta).roundedUp
    }

    /// `−((1 − κ)·A + κ·B)`, or `−A` without a `B`.
    @inline(__always)
    static func scan(worst: Double, joint: Double?, kappa: Double) -> Double {
        if let joint { return -((1 - kappa) * worst + kappa * joint) }
        return worst == 0 ? 0 : -worst
    }

    /// Takes in the scan of everything that orders may fill; nil has no number.
    mutating func add(orderedScan scan: Double?, _ factors: ParameterSet.Factors, upTo unbounded: Double) {
        orderedScan = scan
        guard let scan else {
            openOrders = unbounded
            return
        }
        let floored = scan > floor ? scan : floor
        let addition = (factors.initial * floored).roundedUp - (factors.initial * self.floored).roundedUp
        openOrders = addition < 0 ? 0 : addition < unbounded ? addition : unbounded
    }

    /// Scan with the minimum delta.
    @inline(__always)
    var floored: Double { scan > floor ? scan : floor }

    /// Add-ons at the maintenance rates.
    @inline(__always)
    var addOnsMaintenance: Double {
        totals.basis + totals.skew + totals.nakedMaintenance + totals.fee + stablecoinMaintenance + haircutMaintenance
    }

    /// Add-ons at the initial rates.
    @inline(__always)
    var addOnsInitial: Double {
        totals.basis + totals.skew + totals.nakedInitial + totals.fee + stablecoinInitial + haircutInitial + openOrders
            + (oracleUncertainty + twoPrice) + funding + (liquidity + concentration)
    }

    @inline(__always)
    func maintenance(_ factors: ParameterSet.Factors) -> Double {
        (factors.maintenance * floored).roundedUp + addOnsMaintenance
    }

    @inline(__always)
    func release(_ factors: ParameterSet.Factors) -> Double {
        (factors.release * floored).roundedUp + addOnsMaintenance
    }

    @inline(__always)
    func initial(_ factors: ParameterSet.Factors) -> Double {
        (factors.initial * floored).roundedUp + addOnsInitial
    }

    /// The scan's own share at a factor, and what the minimum delta adds to it.
    @inline(__always)
    func scanParts(_ factor: Double) -> (scan: Double, minimumDelta: Double) {
        let own = (factor * scan).roundedUp
        return (own, (factor * floored).roundedUp - own)
    }
}

extension Double {
    /// Upwards to an integer, for numbers that are not negative; those from 2⁵² are integers already.
    @inline(__always)
    var roundedUp: Double {
        let unit = 4_503_599_627_370_496.0
        guard self < unit else { return self }
        let nearest = (self + unit) - unit
        // SPEED: added, not chosen; which way a charge rounds is not to be guessed by a branch.
        return nearest + (nearest < self ? 1 : 0)
    }

    /// Downwards to an integer.
    var roundedDown: Double {
        guard abs(self) < 0x1p52 else { return self }
        // Between 2⁵¹ and 2⁵² there are halves still, which the nearest integer does not know.
        let whole = abs(self) < 0x1p51 ? nearestInteger : Double(Int64(self))
        return whole > self ? whole - 1 : whole
    }
}
