public import MarginDomain

/// The place after one record: what an appender must know to append the next.
///
/// It is the compare-and-swap token of ``EventLog``. Number and hash name one history, so two writers that
/// diverged hold different positions even at the same number; the epoch is the fence.
public struct LogPosition: Hashable, Sendable {
    /// Epoch of the claim under which the record was written.
    public let epoch: Epoch

    /// The record before this place; 0 if there is none.
    public let number: RecordNumber

    /// Hash of that record's bytes, and through the chain of all before it.
    public let hash: RecordHash

    public init(epoch: Epoch, number: RecordNumber, hash: RecordHash) {
        self.epoch = epoch
        self.number = number
        self.hash = hash
    }

    /// The place before the first record of a log. Its hash is the log's own, so that records of two logs never chain.
    public static func origin(of log: LogID) -> LogPosition {
        LogPosition(epoch: Epoch(0), number: .start, hash: .origin(of: log))
    }
}
