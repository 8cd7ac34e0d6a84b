public import MarginDomain
public import MarginWire

/// Where a publisher takes up: what recovery found in the log, nothing on a first start.
public struct PublisherStart: Sendable {
    /// Part of every signal's identity.
    public var log: LogID
    /// The log's incarnation, which fences what an earlier one sent.
    public var epoch: Epoch
    /// The last record applied.
    public var record: RecordNumber
    /// Engine time after it.
    public var time: Timestamp
    /// What the engine does with what it finds.
    public var mode: EngineMode
    /// Signals that recovery computed again, in order of their numbers without a hole; at least those to be sent.
    public var signals: [Signal]
    /// The number of the last signal before ``signals``.
    public var lastOmitted: StreamNumber
    /// The first number that may not have been sent.
    public var sendFrom: StreamNumber
    /// Claims and acknowledgements in the log, in order.
    public var acknowledged: [SignalAcknowledged]
    /// The set of risk parameters in force, and what is announced, to be said again.
    public var parameters: [ParameterState]
    /// The exponents of what is listed already.
    public var scales: Scales

    /// The start of an empty log, unless told otherwise.
    public init(
        log: LogID, epoch: Epoch, record: RecordNumber = .start, time: Timestamp = .zero, mode: EngineMode = .live,
        signals: [Signal] = [], lastOmitted: StreamNumber = .start, sendFrom: StreamNumber = .start,
        acknowledged: [SignalAcknowledged] = [], parameters: [ParameterState] = [], scales: Scales = Scales()
    ) {
        self.log = log
        self.epoch = epoch
        self.record = record
        self.time = time
        self.mode = mode
        self.signals = signals
        self.lastOmitted = lastOmitted
        self.sendFrom = sendFrom
        self.acknowledged = acknowledged
        self.parameters = parameters
        self.scales = scales
    }
}
