/// What the engine found in the records up to ``upTo``: what crosses to the publisher, whole.
///
/// Signals are final but not yet free to leave: the publisher holds them until the log has committed their record.
public struct SignalBatch: Equatable, Sendable {
    /// The last record that this batch covers.
    public var upTo: RecordNumber
    /// Engine time after that record.
    public var eventTime: Timestamp
    /// In order of signal number; numbered, but with `epoch` and `committed` left to the publisher.
    public var signals: [Signal]
    /// In the order in which they were evaluated; stream numbers are the publisher's to give.
    public var poolStates: [PoolState]
    public var accountGreeks: [AccountGreeks]
    /// Sets of risk parameters that came into force or were announced, in this order.
    public var parameterStates: [ParameterState]

    public init(
        upTo: RecordNumber, eventTime: Timestamp, signals: [Signal] = [], poolStates: [PoolState] = [],
        accountGreeks: [AccountGreeks] = [], parameterStates: [ParameterState] = []
    ) {
        self.upTo = upTo
        self.eventTime = eventTime
        self.signals = signals
        self.poolStates = poolStates
        self.accountGreeks = accountGreeks
        self.parameterStates = parameterStates
    }
}
