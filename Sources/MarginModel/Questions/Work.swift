/// What evaluations cost, in rows: adding one position up under all columns is 1, about ten nanoseconds.
///
/// Estimates from what is held, the same on every machine and in every build. Questions share the engine's time by them;
/// no answer depends on them.
public enum Work {
    /// Holdings laid out, scanned and margined under the default model.
    public static func evaluation(of holdings: PoolHoldings) -> Int {
        base + perHolding * (holdings.positions.count + holdings.orders.count + holdings.balances.count)
    }

    /// All members of a mutual pool: each by itself, then the search for their credit, in which every member is tried in
    /// full and capped, with all columns of all underlyings.
    ///
    /// - Parameter underlyings: with positions or coin of a member.
    public static func mutual(_ members: [PoolHoldings], underlyings: Int) -> Int {
        members.reduce(0) { $0 + evaluation(of: $1) } + branch * members.count * max(1, underlyings)
    }

    /// A pool under a published method, which values every position in every scenario of its own.
    public static func method(_ holdings: PoolHoldings) -> Int { methodFactor * evaluation(of: holdings) }

    /// An option's row made anew at a cut.
    static let optionRow = 64
    /// Of an evaluation, whatever is held.
    private static let base = 256
    /// A position, an order or a balance laid out.
    private static let perHolding = 32
    /// Branches that a member costs in the search for the credit.
    private static let branch = 1_024
    private static let methodFactor = 8
}
