/// What the open orders of an account in one spot market hold reserved, under ``MangoHealth``.
///
/// The orders themselves are unknown, only their totals and their best prices for the account.
///
/// Source: `Serum3Info` of Mango's `health/cache.rs`.
public struct MangoSpotOrders: Equatable, Sendable {
    /// Places among the account's tokens.
    public var base: Int
    public var quote: Int
    /// Offered for quote, in base.
    public var reservedBase: Double
    /// Offered for base, in quote.
    public var reservedQuote: Double
    /// Lowest price of an ask, in quote; nil if it is unknown.
    public var lowestAsk: Double?
    /// Highest price of a bid, in quote; nil if it is unknown.
    public var highestBid: Double?

    public init(
        base: Int, quote: Int, reservedBase: Double, reservedQuote: Double, lowestAsk: Double? = nil,
        highestBid: Double? = nil
    ) {
        (self.base, self.quote) = (base, quote)
        (self.reservedBase, self.reservedQuote) = (reservedBase, reservedQuote)
        (self.lowestAsk, self.highestBid) = (lowestAsk, highestBid)
    }

    /// The amount of each token if all that is reserved became it, at the worse of the oracle's and the order's price.
    func outcome(base: MangoToken, quote: MangoToken) -> (base: Double, quote: Double) {
        let bought = reservedQuote * quote.prices.asset / base.prices.liability
        let sold = reservedBase * base.prices.asset / quote.prices.liability
        return (
            base: reservedBase + min(bought, highestBid.map { reservedQuote / $0 } ?? bought),
            quote: reservedQuote + min(sold, lowestAsk.map { reservedBase * $0 } ?? sold)
        )
    }
}
