/// What makes a signal the same signal wherever and however often it is computed: no time, no randomness, no epoch.
public struct SignalID: Hashable, Comparable, Sendable {
    public let log: LogID
    /// The record that caused it.
    public let record: RecordNumber
    public let pool: PoolID
    /// Counts the signals of the pool within the record.
    public let ordinal: Ordinal

    public init(log: LogID, record: RecordNumber, pool: PoolID, ordinal: Ordinal) {
        self.log = log
        self.record = record
        self.pool = pool
        self.ordinal = ordinal
    }

    public static func < (left: SignalID, right: SignalID) -> Bool {
        (left.log, left.record, left.pool, left.ordinal) < (right.log, right.record, right.pool, right.ordinal)
    }
}

extension Signal {
    /// The signal's identity.
    public var id: SignalID { SignalID(log: log, record: record, pool: pool, ordinal: ordinal) }
}
