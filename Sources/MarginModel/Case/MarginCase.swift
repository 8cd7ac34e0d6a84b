/// One margin question in dollars and units, without the ledger's lots and ticks: what `plimsoll margin` asks.
///
/// Text names assets and underlyings. Sizes are units of the underlying, or dollars for inverse futures and perpetuals.
/// The answer comes from the same rows, scans and charges as a live pool's (``answer(under:symbols:)``).
public struct MarginCase: Equatable, Sendable {
    public var name: String
    public var underlyings: [Underlying]
    /// Dollars of one unit of a stablecoin that profit settles in, unless the coin is priced as collateral.
    public var stablecoinPrice: Double
    /// How sure the source is of that price, 0 to 1.
    public var stablecoinConfidence = 1.0
    /// One for an account, several for a pool.
    public var members: [Member]
    /// How the members combine.
    public var agreement = Agreement.oneOwner

    public init(name: String = "", underlyings: [Underlying], stablecoinPrice: Double = 1, members: [Member]) {
        self.name = name
        self.underlyings = underlyings
        self.stablecoinPrice = stablecoinPrice
        self.members = members
    }

    /// How the members of a pool combine.
    public enum Agreement: Equatable, Sendable {
        /// Positions are netted.
        case oneOwner
        /// Members share risk up to their pledges.
        case mutual(MutualTerms)
    }

    /// The market of one underlying.
    public struct Underlying: Equatable, Sendable {
        public var symbol: String
        public var spot: Double
        /// Mark of its perpetuals; nil if it has none.
        public var perpetual: Double?
        public var expiries: [Expiry]
        /// How sure the price source is of the spot price, 0 to 1.
        public var spotConfidence = 1.0
        /// How sure it is of the perpetual's price, 0 to 1.
        public var perpetualConfidence = 1.0
        /// A slow-moving price beside spot; nil if there is none.
        public var slowPrice: Double?
        /// Funding of its perpetuals for the next eight hours; positive = who is long pays.
        public var fundingRate = 0.0
        /// Dollars within 2 % of mid on the thinner side, in the thinnest hour of five days; nil if it is not known.
        public var depth: Double?
        /// Contracts open in the whole market, by instrument name.
        public var openInterest: [String: Double] = [:]

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
        /// How sure the source is of the forward, 0 to 1.
        public var forwardConfidence = 1.0
        /// How sure it is of the rate, 0 to 1.
        public var rateConfidence = 1.0
        /// How sure it is of the volatilities, 0 to 1.
        public var volatilityConfidence = 1.0

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
        public var orders: [Order] = []
        /// Dollars locked in a mutual pool, part of the equity.
        public var contribution = 0.0
        /// Dollars of the lien that a member of a mutual pool grants on its own excess.
        public var lien = 0.0

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
        /// How sure the source is of the price, 0 to 1.
        public var confidence = 1.0

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

    /// An order that may fill in any part.
    public struct Order: Equatable, Sendable {
        /// What it would buy or sell, with the order's own size; an entry price is the order's limit.
        public enum Leg: Equatable, Sendable {
            case marked(Marked)
            case option(Option)
        }

        public var leg: Leg
        /// The limit, in dollars.
        public var price: Double

        public init(leg: Leg, price: Double) {
            self.leg = leg
            self.price = price
        }
    }
}
