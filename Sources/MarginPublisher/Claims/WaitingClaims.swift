import MarginDomain

/// Askers whose claim or acknowledgement is on its way into the log.
struct WaitingClaims {
    private struct Waiting {
        let ticket: UInt64
        let event: SignalAcknowledged
        var record: RecordNumber?
    }

    /// A claim that is now binding.
    struct Settled: Equatable {
        let ticket: UInt64
        let event: SignalAcknowledged
    }

    private var waiting: [Waiting] = []

    mutating func add(_ event: SignalAcknowledged, ticket: UInt64) {
        waiting.append(Waiting(ticket: ticket, event: event))
    }

    /// Takes note of the record that an event stands in, for all who wait for it.
    mutating func note(_ event: SignalAcknowledged, in record: RecordNumber) {
        for place in waiting.indices where waiting[place].record == nil && waiting[place].event == event {
            waiting[place].record = record
        }
    }

    /// Whether a claim has become binding.
    func canSettle(committed: RecordNumber) -> Bool {
        waiting.contains { $0.record.map { $0 <= committed } ?? false }
    }

    /// Hands out what is committed.
    mutating func settle(committed: RecordNumber) -> [Settled] {
        guard !waiting.isEmpty else { return [] }
        var settled: [Settled] = []
        waiting.removeAll { claim in
            guard let record = claim.record, record <= committed else { return false }
            settled.append(Settled(ticket: claim.ticket, event: claim.event))
            return true
        }
        return settled
    }

    /// Forgets those whose asker is gone.
    mutating func forget(where isGone: (UInt64) -> Bool) { waiting.removeAll { isGone($0.ticket) } }
}
