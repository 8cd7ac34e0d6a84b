/// Why a price has no implied volatility. Payloads are what was given, in dollars.
public enum ImpliedVolatilityFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A number is not finite, the forward, strike or time is not positive, or the price is negative; by name.
    case badNumber(String)
    /// The price is below what exercise on the forward would pay.
    case belowIntrinsic(price: Double, intrinsic: Double)
    /// The price is not below what an option is worth at most: the forward for a call, the strike for a put.
    case notBelowBound(price: Double, bound: Double)

    public var description: String {
        switch self {
        case .badNumber(let field): "\(field) is not a usable number"
        case .belowIntrinsic(let price, let intrinsic): "a price of \(price) is below the intrinsic value \(intrinsic)"
        case .notBelowBound(let price, let bound): "a price of \(price) is not below \(bound), the most it can be"
        }
    }
}
