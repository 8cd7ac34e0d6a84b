/// A token of an account under ``MangoHealth``, with what everybody has deposited and borrowed of it.
///
/// Source: `TokenInfo` of Mango's `health/cache.rs`; `scaled_init_asset_weight` and `scaled_init_liab_weight` of its
/// `state/bank.rs`.
public struct MangoToken: Equatable, Sendable {
    /// Negative when it is borrowed; with what spot markets hold free, without what they hold reserved.
    public var balance: Double
    public var prices: MangoPrices
    /// Of what is owned, at most 1, before scaling.
    public var assetWeight: Double
    /// Of what is owed, at least 1, before scaling.
    public var liabilityWeight: Double
    /// Of the whole platform, in tokens, with those that open spot orders may still bring.
    public var deposits = 0.0
    /// The value of ``deposits`` from which on they count no more together: the weight falls as they grow.
    public var depositScaleStart = Double.infinity
    /// Of the whole platform, in tokens.
    public var borrows = 0.0
    /// The value of ``borrows`` from which on the weight grows with them.
    public var borrowScaleStart = Double.infinity

    public init(balance: Double, prices: MangoPrices, assetWeight: Double, liabilityWeight: Double) {
        (self.balance, self.prices) = (balance, prices)
        (self.assetWeight, self.liabilityWeight) = (assetWeight, liabilityWeight)
    }

    /// `w·min(1, start/deposits)`, the deposits at the higher price, which scales most.
    public var scaledAssetWeight: Double {
        let value = deposits * prices.liability
        return value <= depositScaleStart ? assetWeight : assetWeight * depositScaleStart / value
    }

    /// `w·max(1, borrows/start)`.
    public var scaledLiabilityWeight: Double {
        let value = borrows * prices.liability
        return value <= borrowScaleStart ? liabilityWeight : liabilityWeight * value / borrowScaleStart
    }

    /// What a balance of it counts for.
    func value(of balance: Double) -> Double {
        balance < 0
            ? balance * scaledLiabilityWeight * prices.liability : balance * scaledAssetWeight * prices.asset
    }

    /// What the last `amount` of a balance adds: as owned above zero, as less owed below.
    func gain(from amount: Double, upTo balance: Double) -> Double {
        value(of: balance) - value(of: balance - amount)
    }
}
