import MarginDomain

/// A signal's identity within one log, which queries name it by; orders as signals are numbered.
struct SignalKey: Hashable, Comparable {
    let record: RecordNumber
    let pool: PoolID
    let ordinal: Ordinal

    init(record: RecordNumber, pool: PoolID, ordinal: Ordinal) {
        self.record = record
        self.pool = pool
        self.ordinal = ordinal
    }

    init(_ signal: Signal) { self.init(record: signal.record, pool: signal.pool, ordinal: signal.ordinal) }

    static func < (left: SignalKey, right: SignalKey) -> Bool {
        (left.record, left.pool, left.ordinal) < (right.record, right.pool, right.ordinal)
    }
}
