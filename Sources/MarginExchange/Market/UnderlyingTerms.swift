public import MarginDomain

/// What an underlying is like: where it starts, how it moves, and what is listed on it.
public struct UnderlyingTerms: Sendable {
    /// How an option chain pays.
    public enum OptionSettlement: Sendable, Equatable {
        /// In the underlying's own coin.
        case coin
        /// In dollars or in a dollar stablecoin.
        case cash(AssetID)
    }

    /// Its name, also in the names of its instruments.
    public var symbol: String
    /// Its number; instruments are numbered from ten thousand times it.
    public var asset: AssetID
    /// Dollars at the start.
    public var spot: Double
    /// Power of ten of a tick of the index, forwards and strikes.
    public var indexExponent: Exponent
    /// Annualised, at rest.
    public var volatility: Double
    /// How much of its everyday moves it shares with the whole market, from 0 to 1.
    public var marketLoading: Double
    /// Its fall in the crash as a multiple of the scenario's, in logarithms.
    public var crashBeta: Double
    /// Forward over spot per year, at rest.
    public var basisPerYear: Double
    /// Spot range of the margin model, to size deposits sensibly; the engine has its own.
    public var marginRange: Double
    /// Least basis add-on of the margin model as a share of notional, for the same purpose.
    public var marginBasisFloor: Double
    /// Basis add-on per year to expiry.
    public var marginBasisPerYear: Double
    /// Days between the first expiry and the later ones.
    public var expiryDays: [Int]
    /// Strikes of one expiry; each has a call and a put.
    public var strikesPerExpiry: Int
    /// In what its options pay.
    public var optionSettlement: OptionSettlement
    /// Whether an inverse perpetual and an inverse future are listed too.
    public var hasInverseFutures: Bool
    /// Power of ten of a tick of linear futures and perpetuals; of inverse ones too.
    public var linearPrice: Exponent
    /// Power of ten of their lot, in units of the underlying.
    public var linearLot: Exponent
    /// Power of ten of a tick of options, in what they pay.
    public var optionPrice: Exponent
    /// Power of ten of an option's lot, in units of the underlying.
    public var optionLot: Exponent
}

extension UnderlyingTerms {
    private static let longChain = [0, 1, 2, 7, 14, 28, 56, 84, 168]
    private static let shortChain = [0, 2, 7, 28, 84]

    /// About 300 instruments; options pay in coin.
    public static let bitcoin = UnderlyingTerms(
        symbol: "BTC", asset: AssetID(3), spot: 60_000, indexExponent: Exponent(-2), volatility: 0.55,
        marketLoading: 0.95, crashBeta: 1, basisPerYear: 0.06, marginRange: 0.16, marginBasisFloor: 0.005,
        marginBasisPerYear: 0.05, expiryDays: longChain, strikesPerExpiry: 16, optionSettlement: .coin,
        hasInverseFutures: true, linearPrice: Exponent(-2), linearLot: Exponent(-3), optionPrice: Exponent(-6),
        optionLot: Exponent(-1))

    /// About 300 instruments; options pay in a stablecoin.
    public static let ether = UnderlyingTerms(
        symbol: "ETH", asset: AssetID(4), spot: 2_500, indexExponent: Exponent(-2), volatility: 0.70,
        marketLoading: 0.90, crashBeta: 1.25, basisPerYear: 0.05, marginRange: 0.20, marginBasisFloor: 0.005,
        marginBasisPerYear: 0.05, expiryDays: longChain, strikesPerExpiry: 16, optionSettlement: .cash(AssetID(2)),
        hasInverseFutures: true, linearPrice: Exponent(-2), linearLot: Exponent(-2), optionPrice: Exponent(-2),
        optionLot: Exponent(-1))

    /// About 100 instruments; options pay in dollars.
    public static let solana = UnderlyingTerms(
        symbol: "SOL", asset: AssetID(5), spot: 150, indexExponent: Exponent(-4), volatility: 0.90,
        marketLoading: 0.85, crashBeta: 1.5, basisPerYear: 0.08, marginRange: 0.30, marginBasisFloor: 0.01,
        marginBasisPerYear: 0.1, expiryDays: shortChain, strikesPerExpiry: 10, optionSettlement: .cash(AssetID(1)),
        hasInverseFutures: false, linearPrice: Exponent(-3), linearLot: Exponent(-1), optionPrice: Exponent(-3),
        optionLot: Exponent(0))

    /// A fourth one, for benchmarks.
    public static let ripple = UnderlyingTerms(
        symbol: "XRP", asset: AssetID(6), spot: 2.5, indexExponent: Exponent(-5), volatility: 0.95,
        marketLoading: 0.80, crashBeta: 1.6, basisPerYear: 0.08, marginRange: 0.35, marginBasisFloor: 0.01,
        marginBasisPerYear: 0.1, expiryDays: shortChain, strikesPerExpiry: 10, optionSettlement: .cash(AssetID(1)),
        hasInverseFutures: false, linearPrice: Exponent(-5), linearLot: Exponent(0), optionPrice: Exponent(-5),
        optionLot: Exponent(1))

    /// All of the above, in order of asset.
    public static let known = [bitcoin, ether, solana, ripple]
}
