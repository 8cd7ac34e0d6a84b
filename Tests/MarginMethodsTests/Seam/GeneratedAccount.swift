import MarginMethods
import MarginModel

/// Random questions that both of Derive's methods accept: one underlying, three expiries, everything they can hold.
struct GeneratedAccount: Sendable {
    private(set) var question: MarginCase
    private var bits: UInt64

    /// Equal seeds give equal questions.
    init(seed: Int) {
        bits = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        question = MarginCase(underlyings: [], members: [])
        let spot = number(100, 100_000)
        var market = MarginCase.Underlying(symbol: "ETH", spot: spot, perpetual: spot * number(0.97, 1.03))
        market.spotConfidence = number(0, 1)
        market.perpetualConfidence = number(0, 1)
        for seconds in [600.0, 500_400, 18_938_852] { market.expiries.append(expiry(in: seconds, spot: spot)) }
        var account = MarginCase.Member()
        account.cash = number(-5, 5) * spot
        account.marked = [
            MarginCase.Marked(
                underlying: "ETH", size: number(-5, 5), entryPrice: spot * number(0.8, 1.2),
                unsettledFunding: number(-1, 1))
        ]
        account.collateral = [held("ETH", price: spot, "ETH"), held("USDT", price: number(0.9, 1.1), nil)]
        for _ in 0..<8 { account.options.append(option(of: market)) }
        question = MarginCase(underlyings: [market], stablecoinPrice: number(0.9, 1.01), members: [account])
    }

    private mutating func expiry(in seconds: Double, spot: Double) -> MarginCase.Expiry {
        let forward = spot * number(0.9, 1.2)
        var expiry = MarginCase.Expiry(
            secondsToExpiry: seconds, forward: forward, settledForward: seconds < 1_800 ? forward * number(0, 1) : 0,
            rate: number(-0.1, 0.5))
        expiry.forwardConfidence = number(0, 1)
        expiry.rateConfidence = number(0, 1)
        expiry.volatilityConfidence = number(0, 1)
        return expiry
    }

    private mutating func held(_ asset: String, price: Double, _ underlying: String?) -> MarginCase.Collateral {
        var held = MarginCase.Collateral(
            asset: asset, underlying: underlying, amount: number(0, 3), price: price,
            maintenanceHaircut: number(0, 0.3), initialHaircut: number(0, 0.1))
        held.confidence = number(0, 1)
        return held
    }

    private mutating func option(of market: MarginCase.Underlying) -> MarginCase.Option {
        let expiry = market.expiries[Int(number(0, 3))]
        let place = number(0, 9).rounded(.down)
        return MarginCase.Option(
            underlying: market.symbol, isCall: number(0, 1) < 0.5, secondsToExpiry: expiry.secondsToExpiry,
            strike: market.spot * (0.6 + 0.1 * place), impliedVolatility: 0.4 + 0.1 * place, size: number(-5, 5))
    }

    /// Uniform: a xorshift generator (Marsaglia 2003).
    mutating func number(_ low: Double, _ high: Double) -> Double {
        bits ^= bits << 13
        bits ^= bits >> 7
        bits ^= bits << 17
        return low + (high - low) * Double(bits >> 11) * 0x1p-53
    }
}

extension MethodAnswer {
    /// Whether every figure agrees to a part in 10¹² of the largest.
    func isNear(_ other: MethodAnswer) -> Bool {
        let pairs = [
            (equity, other.equity), (markToMarket, other.markToMarket), (initialMargin, other.initialMargin),
            (maintenanceMargin, other.maintenanceMargin),
        ]
        let size = pairs.reduce(1) { max($0, abs($1.0)) }
        return pairs.allSatisfy { abs($0 - $1) <= 1e-12 * size }
    }
}
