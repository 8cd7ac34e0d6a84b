/// A perpetual market of dYdX: its tier, and what its whole numbers stand for.
public struct DydxMarket: Equatable, Sendable {
    /// Name of its ``DydxTier``.
    public var tier: String
    /// A base quantum is 10 to this power of the coin.
    public var atomicResolution: Int
    /// A step of the oracle price is 10 to this power of a dollar.
    public var priceExponent: Int

    /// A quote quantum is 10 to this power of a dollar.
    static let quoteResolution = -6

    public init(tier: String, atomicResolution: Int, priceExponent: Int) {
        self.tier = tier
        self.atomicResolution = atomicResolution
        self.priceExponent = priceExponent
    }

    /// Quote quantums of base quantums at an oracle price, with their sign, cut towards zero.
    public func notional(ofQuantums quantums: Int128, price: Int128) throws(MethodFault) -> Int128 {
        let exponent = priceExponent + atomicResolution - Self.quoteResolution
        guard exponent < 0 else {
            let scaled = try ExactFraction.product(price, try ExactFraction.powerOfTen(exponent))
            return try ExactFraction.multiply(quantums, by: scaled, over: 1, rounding: .towardsZero)
        }
        return try ExactFraction.multiply(
            quantums, by: price, over: try ExactFraction.powerOfTen(-exponent), rounding: .towardsZero)
    }
}
