/// Value and sensitivities of one unit of an option, in dollars. docs/pricing.md has the formulas.
public struct OptionGreeks: Equatable, Sendable {
    public var value = 0.0
    /// `dV/dS` with the forward moving along, units of the underlying.
    public var delta = 0.0
    /// `d(delta)/dS`, units per dollar.
    public var gamma = 0.0
    /// Dollars per volatility point (0.01).
    public var vega = 0.0
    /// Dollars per day of 1/365 year, at a fixed forward.
    public var theta = 0.0
    /// Dollars per 1 % of the discount rate, at a fixed forward; 0 for inverse options.
    public var rho = 0.0
    /// Change of delta per volatility point.
    public var vanna = 0.0
    /// Change of vega per volatility point.
    public var volga = 0.0

    public init() {}
}
