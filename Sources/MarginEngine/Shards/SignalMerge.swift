public import MarginDomain

/// Joins what the shards found in the same records into one numbered stream.
///
/// Each shard answers for its own pools, so sorting by (pool, ordinal) within a record gives the same order for any
/// number of shards, and the numbers given here are part of that sameness.
public struct SignalMerge: Equatable, Sendable {
    private let log: LogID
    /// The last number given.
    public private(set) var lastSignal: StreamNumber
    /// Entries that changed nothing, so far, by explanation.
    public private(set) var refusals: [String: UInt64] = [:]
    /// Pools evaluated so far, over all shards.
    public private(set) var evaluationCount: UInt64 = 0

    public init(log: LogID, lastSignal: StreamNumber = .start) {
        self.log = log
        self.lastSignal = lastSignal
    }

    /// - Parameter parts: for each shard, its effects of the same records in the same order.
    /// - Returns: the batch, nil if there were no records.
    public mutating func merge(_ parts: [[RecordEffects]]) -> SignalBatch? {
        guard let first = parts.first, let last = first.last else { return nil }
        precondition(parts.allSatisfy { $0.count == first.count }, "every shard folds every record")
        var batch = SignalBatch(upTo: last.record, eventTime: last.eventTime)
        for place in first.indices {
            // All shards refuse alike, since all fold everything.
            for refusal in first[place].refusals { refusals["\(refusal)", default: 0] += 1 }
            var signals: [Signal] = []
            for part in parts {
                signals += part[place].signals
                batch.poolStates += part[place].poolStates
                batch.accountGreeks += part[place].accountGreeks
                batch.parameterStates += part[place].parameterStates
                evaluationCount += UInt64(part[place].evaluationCount)
            }
            signals.sort { ($0.pool, $0.ordinal) < ($1.pool, $1.ordinal) }
            for var signal in signals {
                lastSignal = lastSignal.next
                signal.log = log
                signal.signalNo = lastSignal
                batch.signals.append(signal)
            }
        }
        return batch
    }
}
