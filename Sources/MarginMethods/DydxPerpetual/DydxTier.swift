/// A liquidity tier of dYdX: how much margin a market needs, and from which open interest on it needs more.
///
/// Fractions are parts per million, caps quote quantums (a millionth of a dollar). The integers are those of
/// `GetInitialMarginQuoteQuantums` and `GetMarginRequirementsInQuoteQuantums` of dydxprotocol/v4-chain
/// (`protocol/x/perpetuals/types/liquidity_tier.go`, `…/lib/lib.go`), written anew from what they compute.
public struct DydxTier: Equatable, Sendable {
    public var initialMarginPpm: Int
    /// Of the unscaled initial margin.
    public var maintenanceFractionPpm: Int
    /// Open interest up to which initial margin does not rise.
    public var openInterestLowerCap: Int
    /// Open interest from which initial margin is the whole notional; 0 = it never rises.
    public var openInterestUpperCap: Int

    public init(
        initialMarginPpm: Int, maintenanceFractionPpm: Int, openInterestLowerCap: Int = 0, openInterestUpperCap: Int = 0
    ) {
        self.initialMarginPpm = initialMarginPpm
        self.maintenanceFractionPpm = maintenanceFractionPpm
        self.openInterestLowerCap = openInterestLowerCap
        self.openInterestUpperCap = openInterestUpperCap
    }

    static let million: Int128 = 1_000_000

    /// Whether open interest matters.
    public var scalesWithOpenInterest: Bool { openInterestUpperCap != 0 }

    /// `⌈notional · min(1, base + (1 − base)·(OI − lower)/(upper − lower))⌉` between the caps, rounded once.
    ///
    /// - Parameters:
    ///   - notional: magnitude, in quote quantums.
    ///   - openInterest: in quote quantums.
    public func initialMargin(ofNotional notional: Int128, openInterest: Int128) throws(MethodFault) -> Int128 {
        let (base, lower, upper) = (
            Int128(initialMarginPpm), Int128(openInterestLowerCap), Int128(openInterestUpperCap)
        )
        if scalesWithOpenInterest, openInterest >= upper { return notional }
        guard scalesWithOpenInterest, openInterest > lower else {
            return try ExactFraction.multiply(notional, by: base, over: Self.million, rounding: .up)
        }
        let span = upper - lower
        let weight = base * span + (openInterest - lower) * (Self.million - base)
        return try ExactFraction.multiply(notional, by: weight, over: Self.million * span, rounding: .up)
    }

    /// `⌈⌈notional · base⌉ · fraction⌉`: open interest does not raise it.
    public func maintenanceMargin(ofNotional notional: Int128) throws(MethodFault) -> Int128 {
        let base = try ExactFraction.multiply(notional, by: Int128(initialMarginPpm), over: Self.million, rounding: .up)
        return try ExactFraction.multiply(base, by: Int128(maintenanceFractionPpm), over: Self.million, rounding: .up)
    }

    /// Parts per million of the notional, rounded down as `GetMaintenanceMarginPpm` does.
    public var maintenanceMarginPpm: Int { initialMarginPpm * maintenanceFractionPpm / 1_000_000 }
}
