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
        // What is long, and of what is short all that coin does not cover; coin that is owed is short, too.
        let own = sums.own_delta
        let long = (sums.gross_delta + own) * 0.5
        let uncovered = sums.gross_delta - (net - own)
        grossDelta += uncovered > long ? uncovered : long
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
