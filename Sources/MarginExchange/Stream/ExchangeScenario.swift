public import MarginDomain

/// A synthetic exchange in full: its market, its customers and its habits.
public struct ExchangeScenario: Sendable {
    /// What prices do.
    public var market: MarketScenario
    /// Accounts, the house's and the makers included.
    public var accountCount: Int
    /// The same seed gives the same stream, message by message.
    public var seed: UInt64
    /// Mean number of new trades per second of event time.
    public var tradesPerSecond: Double
    /// Incarnation of all its sources.
    public var epoch: Epoch

    public init(
        market: MarketScenario = MarketScenario(), accountCount: Int = 2_000, seed: UInt64 = 1,
        tradesPerSecond: Double = 5, epoch: Epoch = Epoch(1)
    ) {
        self.market = market
        self.accountCount = accountCount
        self.seed = seed
        self.tradesPerSecond = tradesPerSecond
        self.epoch = epoch
    }
}
