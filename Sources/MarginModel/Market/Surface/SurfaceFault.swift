public import MarginDomain

/// What can be earned without risk on the volatilities of an expiry, beyond what quotes may be off. Payloads are the
/// evidence; earnings are fractions of the forward.
public enum SurfaceFault: Hashable, Sendable, CustomStringConvertible {
    /// Selling the option at this strike and buying its neighbours costs less than nothing and may pay.
    case butterfly(Timestamp, strike: Double, earns: Double)
    /// A call from this strike to the next costs less than nothing, or more than it can pay.
    case spread(Timestamp, strike: Double, earns: Double)
    /// At equal log-moneyness the option of the earlier expiry costs more than that of the later one.
    case calendar(earlier: Timestamp, later: Timestamp, logMoneyness: Double, earns: Double)

    public var description: String {
        switch self {
        case .butterfly(let expiry, let strike, let earns):
            "butterfly arbitrage of expiry \(expiry) at strike \(strike): \(earns) of the forward"
        case .spread(let expiry, let strike, let earns):
            "spread arbitrage of expiry \(expiry) above strike \(strike): \(earns) of the forward"
        case .calendar(let earlier, let later, let k, let earns):
            "calendar arbitrage of expiries \(earlier) and \(later) at ln(K/F) = \(k): \(earns) of the forward"
        }
    }
}
