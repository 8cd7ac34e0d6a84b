/// Mango's initial account health: what an account has, weighted down, less what it owes, weighted up.
///
/// One figure for tokens, reserved spot orders and perpetuals; an account may take new risk while it is not negative. A
/// published rule by itself: no pool is margined by it.
///
/// Source: `programs/mango-v4/src/health/cache.rs` and `state/bank.rs` of blockworks-foundation/mango-v4, read at 864425bd,
/// from what they compute, in real numbers where Mango rounds down to 2⁻⁴⁸; the figures of its `test_health1` are
/// conformance cases. Values in the unit that prices are in; sign: positive = better for the account.
public struct MangoHealth: Equatable, Sendable {
    public var tokens: [MangoToken]
    /// Their places `base` and `quote` are of ``tokens``.
    public var spotOrders: [MangoSpotOrders]
    /// Their place `settledIn` is of ``tokens``.
    public var perpetuals: [MangoPerpetual]

    /// - Precondition: every place is one of `tokens`.
    public init(tokens: [MangoToken], spotOrders: [MangoSpotOrders] = [], perpetuals: [MangoPerpetual] = []) {
        precondition(spotOrders.allSatisfy { tokens.indices.contains($0.base) && tokens.indices.contains($0.quote) })
        precondition(perpetuals.allSatisfy { tokens.indices.contains($0.settledIn) })
        (self.tokens, self.spotOrders, self.perpetuals) = (tokens, spotOrders, perpetuals)
    }

    /// `Σ tokens + Σ orders`.
    public var initial: Double { tokenContributions.reduce(0, +) + orderContributions.reduce(0, +) }

    /// By token: its balance with what perpetuals would settle in it, at the weight and price of its sign.
    public var tokenContributions: [Double] { zip(tokens, balances).map { $0.value(of: $1) } }

    /// By market: what its reserved amounts add in the worse of both outcomes, all of them base or all of them quote.
    ///
    /// Every other market is taken to fill towards the same token, so that this one comes last, where it counts least.
    public var orderContributions: [Double] {
        let outcomes = spotOrders.map { $0.outcome(base: tokens[$0.base], quote: tokens[$0.quote]) }
        var highest = balances
        for (order, outcome) in zip(spotOrders, outcomes) {
            highest[order.base] += outcome.base
            highest[order.quote] += outcome.quote
        }
        return zip(spotOrders, outcomes).map { order, outcome in
            guard outcome.base != 0, outcome.quote != 0 else { return 0 }
            return min(
                tokens[order.base].gain(from: outcome.base, upTo: highest[order.base]),
                tokens[order.quote].gain(from: outcome.quote, upTo: highest[order.quote]))
        }
    }

    /// By token, without reserved amounts.
    private var balances: [Double] {
        var balances = tokens.map(\.balance)
        for perpetual in perpetuals { balances[perpetual.settledIn] += perpetual.unsettled }
        return balances
    }
}
