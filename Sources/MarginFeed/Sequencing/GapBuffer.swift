import MarginDomain

/// Messages of one source that wait for earlier ones, in order of sequence number.
struct GapBuffer {
    /// What became of a message.
    enum Outcome { case stored, duplicate, contradiction, full }

    private var batches: [EventBatch] = []
    private let capacity: Int

    init(capacity: Int = EngineLimits.gapBufferMessagesMax) { self.capacity = capacity }

    var count: Int { batches.count }

    /// Where the first waiting message begins; nil if none waits.
    var firstSequence: SequenceNumber? { batches.first?.header.firstSequence }

    /// The number that follows the last waiting message; nil if none waits.
    var endSequence: SequenceNumber? { batches.last?.endSequence }

    /// Keeps a message unless it is here already, or there is no room.
    mutating func insert(_ batch: EventBatch) -> Outcome {
        let place = place(of: batch.header.firstSequence)
        if place < batches.count, batches[place].header.firstSequence == batch.header.firstSequence,
            batches[place].endSequence == batch.endSequence
        {
            return batches[place].events == batch.events ? .duplicate : .contradiction
        }
        guard batches.count < capacity else { return .full }
        batches.insert(batch, at: place)
        return .stored
    }

    /// Hands out what follows without a gap, moving `next` to its end; what is known by then disappears.
    mutating func drain(from next: inout SequenceNumber, into released: inout [EventBatch]) {
        var taken = 0
        while taken < batches.count, batches[taken].header.firstSequence <= next {
            let batch = batches[taken]
            taken += 1
            guard batch.endSequence > next else { continue }
            released.append(batch.tail(from: next))
            next = batch.endSequence
        }
        batches.removeFirst(taken)
    }

    mutating func removeAll() { batches.removeAll() }

    /// The first place whose message does not begin before `sequence`; mostly the end, since streams ascend.
    private func place(of sequence: SequenceNumber) -> Int {
        var (low, high) = (0, batches.count)
        while low < high {
            let middle = (low + high) / 2
            if batches[middle].header.firstSequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
