import MarginDomain

/// Claims and acknowledgements of signals.
extension PublisherState {
    /// The record that a claim would become.
    func claim(_ query: ClaimQuery, _ asker: Asker) throws(QueryRefusal) -> SignalAcknowledged {
        guard query.holdFor > .zero, query.holdFor <= configuration.claimMax else {
            let seconds = configuration.claimMax.nanoseconds / Duration64.perSecond
            throw QueryRefusal(
                asker, .outOfRange, field: "holdFor", "A claim holds for more than 0 and up to \(seconds) s.")
        }
        return try event(
            query.record, query.pool, query.ordinal, query.consumer, until: time + query.holdFor, asker)
    }

    /// The record that an acknowledgement would become.
    func acknowledgement(_ query: AcknowledgeQuery, _ asker: Asker) throws(QueryRefusal) -> SignalAcknowledged {
        try event(query.record, query.pool, query.ordinal, query.consumer, until: .zero, asker)
    }

    private func event(
        _ record: RecordNumber, _ pool: PoolID, _ ordinal: Ordinal, _ consumer: Symbol, until: Timestamp,
        _ asker: Asker
    ) throws(QueryRefusal) -> SignalAcknowledged {
        let key = SignalKey(record: record, pool: pool, ordinal: ordinal)
        guard consumer != .empty else {
            throw QueryRefusal(asker, .malformed, field: "consumer", "A consumer has a name.")
        }
        guard outbox.retained.contains(key) else {
            throw QueryRefusal(asker, .unknownRecord, field: "record", "No retained signal has this identity.")
        }
        if let holding = claims.obstacle(to: consumer, key, at: time) {
            let state = holding.until == .zero ? "was acknowledged by" : "is claimed by"
            throw QueryRefusal(asker, .notAvailable, field: "consumer", "The signal \(state) \(holding.holder).")
        }
        return SignalAcknowledged(
            record: record, pool: pool, ordinal: ordinal, consumer: consumer, claimedUntil: until)
    }
}

extension ClaimAnswer {
    init(_ event: SignalAcknowledged, granted: Bool) {
        self.init(
            record: event.record, pool: event.pool, ordinal: event.ordinal, granted: granted, holder: event.consumer,
            until: event.claimedUntil)
    }
}
