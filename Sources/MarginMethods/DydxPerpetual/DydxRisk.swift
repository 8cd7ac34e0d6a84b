/// What dYdX knows of an account or of one of its positions, in quote quantums. Positions add up.
public struct DydxRisk: Equatable, Sendable {
    /// Quote balance and the notional of positions, with their signs.
    public var netCollateral: Int128
    public var initialMargin: Int128
    public var maintenanceMargin: Int128

    public init(netCollateral: Int128 = 0, initialMargin: Int128 = 0, maintenanceMargin: Int128 = 0) {
        self.netCollateral = netCollateral
        self.initialMargin = initialMargin
        self.maintenanceMargin = maintenanceMargin
    }

    /// Of one position.
    ///
    /// - Parameter openInterest: of the market, in quote quantums.
    public init(
        quantums: Int128, price: Int128, market: DydxMarket, tier: DydxTier, openInterest: Int128
    ) throws(MethodFault) {
        netCollateral = try market.notional(ofQuantums: quantums, price: price)
        initialMargin = try tier.initialMargin(ofNotional: abs(netCollateral), openInterest: openInterest)
        maintenanceMargin = try tier.maintenanceMargin(ofNotional: abs(netCollateral))
    }

    public func adding(_ other: DydxRisk) throws(MethodFault) -> DydxRisk {
        DydxRisk(
            netCollateral: try ExactFraction.sum(netCollateral, other.netCollateral),
            initialMargin: try ExactFraction.sum(initialMargin, other.initialMargin),
            maintenanceMargin: try ExactFraction.sum(maintenanceMargin, other.maintenanceMargin))
    }

    public var isInitiallyCollateralized: Bool { netCollateral >= initialMargin }

    /// Whether it needs maintenance margin and has less.
    public var isLiquidatable: Bool { maintenanceMargin > 0 && maintenanceMargin > netCollateral }

    /// Whether its collateral covers a smaller multiple of its maintenance margin: who is liquidated first.
    public func isRiskier(than other: DydxRisk) -> Bool {
        ExactFraction.isProduct(
            netCollateral, other.maintenanceMargin, lessThan: other.netCollateral, maintenanceMargin)
    }
}
