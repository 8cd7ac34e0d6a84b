internal import CMarginKernels
internal import MarginModel

/// How a shock of volatility depends on the time to expiry, one function at Deribit, Derive and Paradex:
///
///     m(DTE) = (30 / max(DTE, dayFloor))^p,  p = shortPower up to 30 days, longPower beyond
///     up: max(σ(1 + up·m), volatilityFloor),  down: max(0, σ(1 − down·m))
///
/// Sources: Deribit's portfolio margin page, `PMRMLib_2` of derivexyz/v2-core, docs.paradex.trade (portfolio margin).
public struct TermShock: Equatable, Sendable {
    /// Fraction of volatility that is added at 30 days.
    public var up: Double
    /// Fraction that is taken away at 30 days.
    public var down: Double
    /// Least volatility after a shock up.
    public var volatilityFloor: Double
    public var shortPower: Double
    public var longPower: Double
    /// Least time to expiry, in days; it is never less than a second.
    public var dayFloor: Double

    public init(
        up: Double, down: Double, volatilityFloor: Double, shortPower: Double, longPower: Double, dayFloor: Double
    ) {
        self.up = up
        self.down = down
        self.volatilityFloor = volatilityFloor
        self.shortPower = shortPower
        self.longPower = longPower
        self.dayFloor = dayFloor
    }

    /// `m(DTE)`; 1 at 30 days.
    public func multiple(days: Double) -> Double {
        let held = max(days, dayFloor, 1 / MarginCase.Expiry.secondsPerDay)
        let power = days <= 30 ? shortPower : longPower
        return mk_exponential(power * mk_logarithm(30 / held))
    }

    /// Volatility after the shock up.
    public func raised(_ volatility: Double, days: Double) -> Double {
        max(volatility * (1 + up * multiple(days: days)), volatilityFloor)
    }

    /// Volatility after the shock down, never negative.
    public func lowered(_ volatility: Double, days: Double) -> Double {
        max(0, volatility * (1 - down * multiple(days: days)))
    }
}
