public import MarginDomain

/// The numbers that decide when a pool changes state: part of the risk parameters, so versioned and logged.
public struct LifeCycleRules: Hashable, Sendable {
    /// A pool is warned below this multiple of its initial margin.
    public var warningFactor: Ratio
    /// How far above a level equity must be before the state that the level stands for is left, as a share of it.
    public var hysteresis: Ratio
    /// Time that a margin call gives.
    public var callDuration: Duration64
    /// Worst acceptable price of a plan's slice, off the mark.
    public var liquidationPriceBand: Ratio

    public init(
        warningFactor: Ratio, hysteresis: Ratio, callDuration: Duration64, liquidationPriceBand: Ratio
    ) {
        self.warningFactor = warningFactor
        self.hysteresis = hysteresis
        self.callDuration = callDuration
        self.liquidationPriceBand = liquidationPriceBand
    }
}
