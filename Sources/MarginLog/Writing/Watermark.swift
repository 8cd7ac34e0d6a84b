import MarginDomain
import Synchronization

/// The last committed record, readable from any thread without a lock.
final class Watermark: Sendable {
    private let number: Atomic<UInt64>

    init(_ number: RecordNumber) { self.number = Atomic(number.rawValue) }

    /// Acquires: whoever reads a number also sees what the writer did before it got there.
    var committed: RecordNumber { RecordNumber(number.load(ordering: .acquiring)) }

    /// Called by the writer thread alone.
    func advance(to committed: RecordNumber) { number.store(committed.rawValue, ordering: .releasing) }
}
