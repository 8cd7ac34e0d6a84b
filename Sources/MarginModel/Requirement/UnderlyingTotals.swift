import CMarginKernels
import MarginDomain

/// What the scans of a pool's underlyings add up to, in integral quanta.
///
/// Underlyings are added in ascending order of asset id; only `A` is a sum whose order could matter.
struct UnderlyingTotals {
    /// `A = Σ_u min_j G_u(j)`, never positive.
    private(set) var worst = 0.0
    private(set) var value = 0.0
    private(set) var netDelta = 0.0
    private(set) var grossDelta = 0.0
    private(set) var fee = 0.0
    private(set) var basis = 0.0
    private(set) var skew = 0.0
    private(set) var nakedMaintenance = 0.0
    private(set) var nakedInitial = 0.0
    private(set) var coin = 0.0
    private(set) var bound = 0.0

    @inline(__always)
    mutating func add(_ sums: mk_sums) {
        worst += sums.worst
        value += sums.value
        let net = sums.delta + sums.coin
        netDelta += abs(net)
        // Coin that offsets the contracts' own delta takes that part out of the gross.
        let own = sums.own_delta
        let rest = net - own
        let smaller = abs(own) < abs(rest) ? abs(own) : abs(rest)
        // Where either is nil there is nothing to take out, whatever its sign.
        grossDelta += sums.gross_delta - ((own > 0) != (rest > 0) ? smaller : 0)
        fee += sums.fee
        basis += sums.basis
        skew += sums.skew
        nakedMaintenance += sums.naked_maintenance
        nakedInitial += sums.naked_initial
        coin += sums.coin
        bound += sums.bound
    }

    /// Whether all these sums are exact.
    var isExact: Bool { bound < EngineLimits.exactSumMax }
}
