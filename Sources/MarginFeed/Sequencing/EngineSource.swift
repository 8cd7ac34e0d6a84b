import MarginDomain

/// Numbers the records that no publisher sent: the engine is a source too.
struct EngineSource {
    private let epoch: Epoch
    private var next = SequenceNumber.first

    init(epoch: Epoch) { self.epoch = epoch }

    /// The events as the source's next batch.
    ///
    /// - Parameter time: engine time as it is. A wall clock would move it, and with it every expiry and deadline.
    mutating func batch(of events: EventGroup, at time: Timestamp) -> EventBatch {
        let header = BatchHeader(source: .engine, epoch: epoch, firstSequence: next, sendingTime: time)
        next = next.advanced(by: events.count)
        return EventBatch(header: header, events: events)
    }
}
