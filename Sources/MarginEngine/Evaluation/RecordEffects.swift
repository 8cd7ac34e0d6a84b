public import MarginDomain

/// What one record caused in one shard.
public struct RecordEffects: Equatable, Sendable {
    public let record: RecordNumber
    /// Engine time after the record.
    public var eventTime: Timestamp
    /// In order of (pool, ordinal); `signalNo`, `log`, `epoch` and `committed` are given later.
    public var signals: [Signal]
    /// What display is owed: states that crossed a threshold, moved enough, or grew old.
    public var poolStates: [PoolState]
    public var accountGreeks: [AccountGreeks]
    /// Sets of risk parameters that came into force or were announced; from the first shard.
    public var parameterStates: [ParameterState]
    /// Entries that changed nothing, and why.
    public var refusals: [Refusal]
    /// How many pools were evaluated.
    public var evaluationCount: Int

    init(record: RecordNumber) {
        self.record = record
        eventTime = .zero
        signals = []
        poolStates = []
        accountGreeks = []
        parameterStates = []
        refusals = []
        evaluationCount = 0
    }

    mutating func refuse(_ refusal: Refusal) { refusals.append(refusal) }
}
