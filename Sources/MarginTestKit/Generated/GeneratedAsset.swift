import MarginDomain

/// The assets of the generated exchange.
struct GeneratedAsset {
    let id: AssetID
    let symbol: String
    let moneyExponent: Int8
    let priceExponent: Int8
    let role: Role
    /// Where its price starts, in dollars.
    let price: Double
    /// Yearly volatility.
    let volatility: Double

    enum Role { case numeraire, stablecoin, underlying, collateral }

    static let dollar = GeneratedAsset(1, "USD", -8, -6, .numeraire, 1, 0)
    static let stablecoin = GeneratedAsset(2, "USDC", -6, -6, .stablecoin, 1, 0.02)
    static let gold = GeneratedAsset(3, "PAXG", -6, -2, .collateral, 4000, 0.15)
    static let token = GeneratedAsset(4, "TOKEN", -3, -8, .collateral, 0.00712, 1.5)
    static let underlyings = [
        GeneratedAsset(10, "BTC", -8, -2, .underlying, 60_000, 0.6),
        GeneratedAsset(11, "ETH", -9, -2, .underlying, 3_000, 0.8),
        GeneratedAsset(12, "SOL", -9, -3, .underlying, 150, 1.0),
        GeneratedAsset(13, "DOGE", -6, -7, .underlying, 0.15, 1.3),
    ]
    /// An underlying that no parameter names: whoever touches it cannot be margined.
    static let unmargined = GeneratedAsset(14, "NEW", -6, -4, .underlying, 2, 2)

    private init(
        _ id: UInt32, _ symbol: String, _ moneyExponent: Int8, _ priceExponent: Int8, _ role: Role, _ price: Double,
        _ volatility: Double
    ) {
        self.id = AssetID(id)
        self.symbol = symbol
        self.moneyExponent = moneyExponent
        self.priceExponent = priceExponent
        self.role = role
        self.price = price
        self.volatility = volatility
    }

    var listing: AssetListed {
        guard let name = Symbol(symbol) else { preconditionFailure("\(symbol) is no symbol") }
        return AssetListed(
            asset: id, symbol: name, moneyExponent: Exponent(moneyExponent), priceExponent: Exponent(priceExponent),
            isNumeraire: role == .numeraire, isStablecoin: role == .stablecoin, hasIndex: role == .underlying)
    }

    /// Dollars as a price, at least one tick.
    func ticks(_ dollars: Double) -> Price { Price(max(1, Int64((dollars / Exponent(priceExponent).scale).rounded()))) }

    /// Units of the asset as money, at least the smallest unit.
    func money(_ units: Double) -> Money { Money(max(1, Int64((units / Exponent(moneyExponent).scale).rounded()))) }
}
