public import MarginDomain

/// All risk parameters of one version; docs/margin-model.md says where each enters. Fractions, never per cent.
///
/// A set is a value: it changes by replacing it. It comes from the bus as a list of entries
/// (``init(version:entries:)``, ``applying(_:version:)``) and goes back as one in canonical order
/// (``entries(status:)``).
public struct ParameterSet: Equatable, Sendable {
    public internal(set) var version: ParameterVersion
    public internal(set) var scan = Scan()
    public internal(set) var factors = Factors()
    public internal(set) var addOns = AddOns()
    public internal(set) var lifeCycle = LifeCycle()
    public internal(set) var governance = Governance()
    public internal(set) var dynamics = Dynamics()
    /// Ascending by asset.
    public internal(set) var underlyings: [UnderlyingParameters] = []
    /// Ascending by asset; the first, of asset 0, is for all assets without one of their own.
    public internal(set) var collaterals: [CollateralParameters] = []
    /// Parameters of published methods that differ from their defaults, ascending by method and path.
    public internal(set) var methodValues: [MethodValue] = []

    /// Scenario columns and their combination.
    public struct Scan: Equatable, Sendable {
        /// Spot moves beyond the range; always ``tailCount`` of them.
        public internal(set) var tails: [Double] = []
        public internal(set) var tailDamping = 0.0
        public internal(set) var volUp = 0.0
        public internal(set) var volDown = 0.0
        public internal(set) var shortPower = 0.0
        public internal(set) var longPowerFlat = 0.0
        public internal(set) var longPowerSteep = 0.0
        public internal(set) var volatilityFloor = 0.0
        public internal(set) var kappa = 0.0
        public internal(set) var halfStepDays = 0.0

        /// Rows have room for this many.
        public static let tailCount = 8
    }

    /// Shares of the scan in the three requirements.
    public struct Factors: Equatable, Sendable {
        public internal(set) var maintenance = 0.0
        public internal(set) var release = 0.0
        public internal(set) var initial = 0.0
    }

    /// Rates of the add-ons.
    public struct AddOns: Equatable, Sendable {
        public internal(set) var skewCap = 0.0
        public internal(set) var skewWidth = 0.0
        public internal(set) var skewWidthMin = 0.0
        public internal(set) var nakedShort = 0.0
        public internal(set) var nakedShortInitialExtra = 0.0
        public internal(set) var minimumDeltaGross = 0.0
        public internal(set) var minimumDeltaNet = 0.0
        public internal(set) var stablecoinMaintenance = 0.0
        public internal(set) var stablecoinInitial = 0.0
        public internal(set) var liquidationFee = 0.0
        /// Below this confidence a price is charged for.
        public internal(set) var confidenceThreshold = 0.0
        /// Of the notional, at no confidence at all.
        public internal(set) var confidenceMargin = 0.0
        /// Fraction of itself by which the slow price may move in a second.
        public internal(set) var slowPricePerSecond = 0.0
        /// Distance from the index at which the slow price does not matter yet.
        public internal(set) var slowPriceBand = 0.0
        /// The largest funding rate that is charged for, either way, per eight hours; 0 = none is.
        public internal(set) var fundingCap = 0.0
        /// Extra move for each time that an owner's size exceeds the depth, and the largest; 0 = none.
        public internal(set) var liquiditySlope = 0.0
        public internal(set) var liquidityCap = 0.0
        /// The share of the open interest that an owner may have free, and the least that the open interest counts.
        public internal(set) var concentrationFree = 0.0
        /// Dollars.
        public internal(set) var concentrationFloor = 0.0
        /// Extra move for the share beyond, and the largest; 0 = none.
        public internal(set) var concentrationSlope = 0.0
        public internal(set) var concentrationCap = 0.0
        /// Seconds after which the newest volatility of an expiry is too old; 0 = never.
        public internal(set) var volatilityAge = 0.0
        /// Of an option's notional, while its volatility is too old.
        public internal(set) var volatilityAgeMargin = 0.0

        /// The cap of funding as it came.
        var fundingCapBillionths: Int64 { Int64((fundingCap * 1e9).nearestInteger) }
        /// The age of volatilities as it came.
        var volatilityAgeNanoseconds: Int64 { Int64((volatilityAge * 1e9).nearestInteger) }
        /// The speed of the slow price as it came.
        var slowPriceBillionths: Int64 { Int64((slowPricePerSecond * 1e9).nearestInteger) }
    }

    /// Levels and deadlines of a pool's life.
    public struct LifeCycle: Equatable, Sendable {
        /// Warning below this multiple of initial margin.
        public internal(set) var warningFactor = 0.0
        public internal(set) var hysteresis = 0.0
        /// Time to meet a margin call, in seconds.
        public internal(set) var callSeconds = 0.0
        /// Worst acceptable price of a plan's slice, off the mark.
        public internal(set) var liquidationPriceBand = 0.0
    }

    /// How parameters themselves change.
    public struct Governance: Equatable, Sendable {
        /// How many sources, besides the proposer, must approve a set before it may take effect; 0 = every set that
        /// arrives as effective is taken.
        public internal(set) var approvals = 0.0
    }

    /// The parameters of an underlying; without them nothing of it can be margined.
    public func underlying(_ asset: AssetID) -> UnderlyingParameters? {
        underlyings.first { $0.asset == asset }
    }

    /// The haircuts of an asset: its own, else those of asset 0.
    public func collateral(_ asset: AssetID) -> CollateralParameters {
        collaterals.first { $0.asset == asset } ?? collaterals[0]
    }
}

/// What is particular to one underlying.
public struct UnderlyingParameters: Equatable, Sendable {
    public let asset: AssetID
    /// The farthest ordinary spot move `R`.
    public internal(set) var range = Double.nan
    /// Nodes by which underlyings may stray from the common node; 8 = all.
    public internal(set) var window = -1
    public internal(set) var basisFloor = Double.nan
    public internal(set) var basisPerYear = Double.nan
    /// What a dynamic range leans on beside the market; the range itself where it is larger.
    public internal(set) var stressedRange = 0.0

    /// Stands for no common node at all.
    public static let wholeWindow = 8
}

/// Haircuts of one asset without an index price.
public struct CollateralParameters: Equatable, Sendable {
    public let asset: AssetID
    /// Rising by bound; the last bound is usually infinite. Value beyond the last bound counts at its haircut.
    public internal(set) var tiers: [Tier] = []
    /// On what is owed.
    public internal(set) var liabilityHaircut = Double.nan
    /// Added to the rates in initial margin.
    public internal(set) var initialHaircut = Double.nan

    /// Value up to a bound, at one haircut.
    public struct Tier: Equatable, Sendable {
        /// Dollars of value up to which the haircut holds.
        public internal(set) var bound: Double
        public internal(set) var haircut: Double
    }
}
