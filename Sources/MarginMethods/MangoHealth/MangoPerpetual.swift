/// A perpetual position of an account with its open orders, under ``MangoHealth``.
///
/// Source: `PerpInfo` of Mango's `health/cache.rs`.
public struct MangoPerpetual: Equatable, Sendable {
    /// The place of the token that profits are paid in, among the account's tokens.
    public var settledIn: Int
    /// Of a unit of base, in the token that it settles in.
    public var prices: MangoPrices
    /// Signed, in base.
    public var size: Double
    /// What the position has cost or brought so far, with funding; positive = brought.
    public var quote: Double
    /// In base, not negative, all of them together.
    public var bids: Double
    public var asks: Double
    /// Of a long position.
    public var assetWeight: Double
    /// Of a short position.
    public var liabilityWeight: Double
    /// Of a gain on the whole; 0 in a market whose gains are trusted only once they are settled.
    public var gainWeight: Double

    public init(
        settledIn: Int, prices: MangoPrices, size: Double, quote: Double, bids: Double = 0, asks: Double = 0,
        assetWeight: Double, liabilityWeight: Double, gainWeight: Double
    ) {
        (self.settledIn, self.prices, self.size, self.quote) = (settledIn, prices, size, quote)
        (self.bids, self.asks, self.gainWeight) = (bids, asks, gainWeight)
        (self.assetWeight, self.liabilityWeight) = (assetWeight, liabilityWeight)
    }

    /// What settling would bring: quote and weighted position, as the worse of all bids filled and all asks filled.
    public var unsettled: Double {
        let worst =
            quote + min(outcome(of: bids, at: prices.liability), outcome(of: -asks, at: prices.asset))
        return worst > 0 ? worst * gainWeight : worst
    }

    /// - Parameter orders: what they would change the size by, paid for at a price.
    private func outcome(of orders: Double, at price: Double) -> Double {
        let filled = size + orders
        let value = filled < 0 ? filled * liabilityWeight * prices.liability : filled * assetWeight * prices.asset
        return value - orders * price
    }
}
