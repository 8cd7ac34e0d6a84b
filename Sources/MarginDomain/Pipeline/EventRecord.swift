/// A batch that has a place in the log: what the engine folds, in order of ``number``.
public struct EventRecord: Equatable, Sendable {
    /// Its place.
    public var number: RecordNumber
    /// The incarnation of the log that wrote it.
    public var epoch: Epoch
    public var batch: EventBatch

    public init(number: RecordNumber, epoch: Epoch, batch: EventBatch) {
        self.number = number
        self.epoch = epoch
        self.batch = batch
    }
}
