public import MarginDomain

/// How much of a pool to sell so that its release requirement is met again.
///
/// Excess is homogeneous of degree one: closing the share `f` of every position leaves equity as it is and the
/// requirement `(1 − f)` of what it was, before fees and slippage. So `f = 1 − equity / release`; everything, if
/// equity is not positive. Hedges shrink with what they hedge, which is why the plan is pro rata.
public struct ReductionPlan: Hashable, Sendable {
    /// The share of every position to close, of `denominator`.
    public let numerator: Int128
    public let denominator: Int128

    /// From the levels of a pool below its release requirement.
    public init(_ levels: MarginLevels) {
        let release = Int128(levels.releaseMargin.quanta)
        let equity = Int128(max(levels.equity, .zero).quanta)
        denominator = max(release, 1)
        numerator = min(max(release - equity, 0), denominator)
    }

    /// Lots to trade against a position: opposite in sign, rounded away from zero, never past flat.
    public func lots(closing position: NetQuantity) -> Int128 {
        let size = Int128(position.lots.magnitude)
        let part = Rounding.up(size * numerator, dividedBy: denominator)
        return position.lots > 0 ? -min(part, size) : min(part, size)
    }
}
