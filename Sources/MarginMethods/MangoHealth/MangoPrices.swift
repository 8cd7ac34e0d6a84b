/// Mango's two prices of one thing: what is owned counts at the lower, what is owed at the higher.
///
/// Source: `Prices` of Mango's `health/cache.rs`, for initial health.
public struct MangoPrices: Equatable, Sendable {
    /// What is owned counts at it.
    public let asset: Double
    /// What is owed counts at it.
    public let liability: Double

    /// - Parameter stable: the slow price that follows the oracle; nil = the oracle's own.
    public init(oracle: Double, stable: Double? = nil) {
        asset = min(oracle, stable ?? oracle)
        liability = max(oracle, stable ?? oracle)
    }
}
