/// One margin question in dollars and units, without the ledger's lots and ticks: what `plimsoll margin` asks.
///
/// Text names assets and underlyings. Sizes are units of the underlying, or dollars for inverse futures and perpetuals.
/// The answer comes from the same rows, scans and charges as a live pool's (``answer(under:symbols:)``).
public struct MarginCase: Equatable, Sendable {
    public var name: String
    public var underlyings: [Underlying]
    /// Dollars of one unit of a stablecoin that profit settles in, unless the coin is priced as collateral.
    public var stablecoinPrice: Double
    /// One for an account, several for a pool of one owner.
    public var members: [Member]

    public init(name: String = "", underlyings: [Underlying], stablecoinPrice: Double = 1, members: [Member]) {
        self.name = name
        self.underlyings = underlyings
        self.stablecoinPrice = stablecoinPrice
        self.members = members
    }

    /// The market of one underlying.
    public struct Underlying: Equatable, Sendable {
        public var symbol: String
        public var spot: Double
        /// Mark of its perpetuals; nil if it has none.
        public var perpetual: Double?
        public var expiries: [Expiry]

        public init(symbol: String, spot: Double, perpetual: Double? = nil, expiries: [Expiry] = []) {
            self.symbol = symbol
            self.spot = spot
            self.perpetual = perpetual
            self.expiries = expiries
        }
    }

    /// One expiry of an underlying.
    public struct Expiry: Equatable, Sendable {
        public var secondsToExpiry: Double
        /// Includes the settled part.
        public var forward: Double
        public var settledForward: Double
        public var rate: Double

        public init(secondsToExpiry: Double, forward: Double, settledForward: Double = 0, rate: Double = 0) {
            self.secondsToExpiry = secondsToExpiry
            self.forward = forward
            self.settledForward = settledForward
            self.rate = rate
        }
    }

    /// An account, or a member of a pool.
    public struct Member: Equatable, Sendable {
        public var id: String
        /// Dollars.
        public var cash = 0.0
        public var collateral: [Collateral] = []
        public var marked: [Marked] = []
        public var options: [Option] = []

        public init(id: String = "") { self.id = id }
    }

    /// A balance of an asset that is not the numeraire.
    public struct Collateral: Equatable, Sendable {
        public var asset: String
        /// Set for coin that moves with this underlying, and so needs no haircut.
        public var underlying: String?
        /// Units; negative = owed.
        public var amount: Double
        /// Dollars of a unit; coin of an underlying takes its spot price instead.
        public var price: Double
        /// Fractions; nil = the parameters' tiers.
        public var maintenanceHaircut: Double?
        /// Added in initial margin.
        public var initialHaircut: Double

        public init(
            asset: String, underlying: String? = nil, amount: Double, price: Double, maintenanceHaircut: Double? = nil,
            initialHaircut: Double = 0
        ) {
            self.asset = asset
            self.underlying = underlying
            self.amount = amount
            self.price = price
            self.maintenanceHaircut = maintenanceHaircut
            self.initialHaircut = initialHaircut
        }
    }

    /// A perpetual, or a future if it has a time to expiry.
    public struct Marked: Equatable, Sendable {
        public var underlying: String
        public var isInverse: Bool
        /// The coin in which linear profit is paid; nil = the numeraire.
        public var settlementAsset: String?
        public var secondsToExpiry: Double?
        public var size: Double
        public var entryPrice: Double
        /// Mark of a future; perpetuals have the underlying's.
        public var mark: Double?
        /// Dollars due to the holder.
        public var unsettledFunding: Double

        public init(
            underlying: String, isInverse: Bool = false, settlementAsset: String? = nil, secondsToExpiry: Double? = nil,
            size: Double, entryPrice: Double, mark: Double? = nil, unsettledFunding: Double = 0
        ) {
            self.underlying = underlying
            self.isInverse = isInverse
            self.settlementAsset = settlementAsset
            self.secondsToExpiry = secondsToExpiry
            self.size = size
            self.entryPrice = entryPrice
            self.mark = mark
            self.unsettledFunding = unsettledFunding
        }
    }

    /// An option.
    public struct Option: Equatable, Sendable {
        public var underlying: String
        public var isInverse: Bool
        public var isCall: Bool
        public var secondsToExpiry: Double
        public var strike: Double
        public var impliedVolatility: Double
        public var size: Double

        public init(
            underlying: String, isInverse: Bool = false, isCall: Bool, secondsToExpiry: Double, strike: Double,
            impliedVolatility: Double, size: Double
        ) {
            self.underlying = underlying
            self.isInverse = isInverse
            self.isCall = isCall
            self.secondsToExpiry = secondsToExpiry
            self.strike = strike
            self.impliedVolatility = impliedVolatility
            self.size = size
        }
    }
}
