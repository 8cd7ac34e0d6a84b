/// The two prices of a liquidation at dYdX (`protocol/x/clob/keeper/liquidations.go` of dydxprotocol/v4-chain).
public struct DydxLiquidation: Equatable, Sendable {
    /// Of the whole account.
    public var account: DydxRisk
    /// Base quantums of the position, with their sign.
    public var quantums: Int128
    /// Of the position as it is.
    public var position: DydxRisk

    public init(account: DydxRisk, quantums: Int128, position: DydxRisk) {
        self.account = account
        self.quantums = quantums
        self.position = position
    }

    /// A price as a fraction of whole numbers.
    public struct Price: Sendable {
        public let quoteQuantums: Int128
        /// Never zero.
        public let baseQuantums: Int128

        /// Whether it is `quote / base`, exactly.
        public func isExactly(_ quote: Int128, per base: Int128) -> Bool {
            let (left, right) = (
                quoteQuantums.multipliedFullWidth(by: base), quote.multipliedFullWidth(by: baseQuantums)
            )
            return (left.high, left.low) == (right.high, right.low)
        }
    }

    /// Quote quantums that the account gets (negative: pays) for closing down to `remaining` such that it ends with
    /// nothing: `−DNNV − TNC·|DMMR|/TMMR`, rounded up.
    ///
    /// - Parameter remaining: the position afterwards.
    /// - Throws: ``MethodFault/overflow``, or that the account needs no maintenance margin.
    public func bankruptcyQuote(remaining: DydxRisk) throws(MethodFault) -> Int128 {
        guard account.maintenanceMargin > 0 else { throw .missing("maintenance margin of the account") }
        let closed = try ExactFraction.sum(remaining.netCollateral, -position.netCollateral)
        let released = abs(try ExactFraction.sum(remaining.maintenanceMargin, -position.maintenanceMargin))
        let share = try ExactFraction.multiply(
            account.netCollateral, by: released, over: account.maintenanceMargin, rounding: .down)
        return try ExactFraction.sum(-closed, -share)
    }

    /// The worst price for the account: `(PNNV − ABR·SMMR·PMMR)/PS` with `ABR = clamp(BA·(1 − TNC/TMMR), 0, 1)`.
    ///
    /// - Parameters:
    ///   - bankruptcyAdjustmentPpm: `BA`, at least a million on the chain.
    ///   - spreadToMaintenancePpm: `SMMR`.
    /// - Throws: ``MethodFault/overflow``, or that there is no position or no maintenance margin.
    public func fillablePrice(
        bankruptcyAdjustmentPpm: Int = 1_000_000, spreadToMaintenancePpm: Int = 100_000
    ) throws(MethodFault) -> Price {
        guard quantums != 0 else { throw .missing("the position to liquidate") }
        guard account.maintenanceMargin > 0 else { throw .missing("maintenance margin of the account") }
        let gap = try ExactFraction.sum(account.maintenanceMargin, -account.netCollateral)
        var part = try ExactFraction.product(Int128(bankruptcyAdjustmentPpm), gap)
        var whole = try ExactFraction.product(DydxTier.million, account.maintenanceMargin)
        part = min(max(part, 0), whole)
        let divisor = ExactFraction.greatestCommonDivisor(part, whole)
        (part, whole) = (part / divisor, whole / divisor)
        let scale = try ExactFraction.product(whole, DydxTier.million)
        let spread = try ExactFraction.product(part, Int128(spreadToMaintenancePpm), position.maintenanceMargin)
        let value = try ExactFraction.product(position.netCollateral, scale)
        return Price(
            quoteQuantums: try ExactFraction.sum(value, -spread),
            baseQuantums: try ExactFraction.product(quantums, scale))
    }
}
