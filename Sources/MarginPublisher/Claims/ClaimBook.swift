import MarginDomain

/// Who works which signal: one consumer at a time, until the claim expires or the signal is acknowledged.
///
/// A claim is binding only as a record of the log. It is reserved here when it is asked for, so that a second asker
/// is refused at once, and answered when its record is committed; recovery fills the book from the same records.
struct ClaimBook {
    /// What is known about one signal.
    struct Holding: Equatable {
        var holder: Symbol
        /// Zero once acknowledged.
        var until: Timestamp
        /// Where in the log that stands; nil on its way there.
        var record: RecordNumber?
    }

    private var holdings: [SignalKey: Holding] = [:]
    private var order: [SignalKey] = []
    private var orderFirst = 0
    private let capacity: Int

    init(capacity: Int = EngineLimits.retainedSignalsMax) { self.capacity = capacity }

    /// Who keeps `consumer` from working the signal at `now`; nil if nobody does.
    func obstacle(to consumer: Symbol, _ key: SignalKey, at now: Timestamp) -> Holding? {
        guard let holding = holdings[key] else { return nil }
        let isFree = holding.holder == consumer || (holding.until != .zero && holding.until <= now)
        return isFree ? nil : holding
    }

    /// What is known already of an acknowledgement; nil if it would be news.
    func repeated(_ event: SignalAcknowledged) -> Holding? {
        holdings[SignalKey(event)].flatMap { holding in
            event.claimedUntil == .zero && holding.until == .zero && holding.holder == event.consumer ? holding : nil
        }
    }

    /// Takes note of a claim or acknowledgement.
    ///
    /// - Parameter record: where it stands in the log; nil while it is on its way there.
    mutating func note(_ event: SignalAcknowledged, in record: RecordNumber?) {
        let key = SignalKey(event)
        let holding = Holding(holder: event.consumer, until: event.claimedUntil, record: record)
        if holdings.updateValue(holding, forKey: key) == nil { order.append(key) }
        forgetOldest()
    }

    private mutating func forgetOldest() {
        while holdings.count > capacity {
            holdings[order[orderFirst]] = nil
            orderFirst += 1
        }
        if orderFirst > capacity {
            order.removeFirst(orderFirst)
            orderFirst = 0
        }
    }
}

extension SignalKey {
    fileprivate init(_ event: SignalAcknowledged) {
        self.init(record: event.record, pool: event.pool, ordinal: event.ordinal)
    }
}
