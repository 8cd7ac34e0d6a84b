/// What kind of customer an account is: between them they have pools of every shape.
public enum BookShape: String, Sendable, CaseIterable {
    /// A few futures and perpetuals in one cross-margined account.
    case directional
    /// Perpetuals in isolated margin, each its own pool.
    case isolated
    /// Two isolated positions of one account that share a pool.
    case isolatedPair
    /// Options whose risk is limited by other options, futures or perpetuals.
    case hedgedOptions
    /// Options sold without cover.
    case nakedOptions
    /// Options bought.
    case optionBuyer
    /// Coin as collateral for coin-settled contracts.
    case coinCollateral
    /// A stablecoin as collateral.
    case stablecoin
    /// Gold beside dollars as collateral.
    case gold
    /// One of three accounts of one owner in one pool.
    case sharedOwner
    /// As directional, a hundred times larger.
    case whale
    /// Takes the other side of everybody's trades.
    case maker
    /// The house's account that takes over liquidated positions.
    case backstop

    /// How many of a thousand customers are of each kind.
    static let customerMix: [(element: BookShape, weight: Double)] = [
        (.directional, 400), (.isolated, 110), (.isolatedPair, 20), (.hedgedOptions, 110), (.nakedOptions, 50),
        (.optionBuyer, 60), (.coinCollateral, 110), (.stablecoin, 80), (.gold, 20), (.sharedOwner, 30), (.whale, 10),
    ]
}
