import MarginDomain

extension EventBatch {
    /// The number that follows the batch's last entry.
    var endSequence: SequenceNumber { header.firstSequence.advanced(by: events.count) }

    /// The entries from `next` on, of a batch that reaches beyond it; all of them if it begins later.
    func tail(from next: SequenceNumber) -> EventBatch {
        guard header.firstSequence < next else { return self }
        var tail = self
        tail.header.firstSequence = next
        tail.events = events.dropFirst(Int(next.rawValue - header.firstSequence.rawValue))
        return tail
    }
}
