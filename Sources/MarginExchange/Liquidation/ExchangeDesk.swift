/// Where a bot in the same process trades and owners pay in: the exchange's own side of the bus.
public struct ExchangeDesk: Sendable {
    /// Trades one slice of a plan.
    public var execute: @Sendable (LiquidationOrder) async -> LiquidationFill
    /// Pays into a pool; whether the exchange knows the pool.
    public var deposit: @Sendable (OwnerDeposit) async -> Bool
    /// When event times are due by the clock; nil until the stream has begun, and for streams without a pace.
    public var schedule: @Sendable () async -> PaceSchedule?

    public init(
        execute: @escaping @Sendable (LiquidationOrder) async -> LiquidationFill,
        deposit: @escaping @Sendable (OwnerDeposit) async -> Bool,
        schedule: @escaping @Sendable () async -> PaceSchedule?
    ) {
        self.execute = execute
        self.deposit = deposit
        self.schedule = schedule
    }
}
