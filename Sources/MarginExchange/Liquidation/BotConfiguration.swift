public import MarginDomain
public import ZeroMQ

/// Where a bot listens and asks.
public struct BotConfiguration: Sendable {
    /// The engine's signals, in SBE.
    public var signals: String
    /// The engine's queries, in SBE.
    public var queries: String
    /// By which the engine knows who claims.
    public var name: Symbol
    /// How long a claim holds, in event time.
    public var claimFor: Duration64
    /// Who may be at the other end.
    public var security: SocketSecurity

    public init(
        signals: String, queries: String, name: Symbol, claimFor: Duration64 = .seconds(5),
        security: SocketSecurity = .localOnly
    ) {
        self.signals = signals
        self.queries = queries
        self.name = name
        self.claimFor = claimFor
        self.security = security
    }
}
