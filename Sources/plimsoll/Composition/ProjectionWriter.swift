import Handover
import Logging
import MarginDomain
import MarginLog

/// Writes signals to the projection on a thread of its own, so that SQLite never holds up the engine.
actor ProjectionWriter {
    private let executor: ThreadExecutor
    private let projection: SignalProjection
    private let logger: Logger
    private var signals: RingConsumer<[Signal]>

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the writer keeps its executor alive for as long as it lives itself.
        unsafe executor.asUnownedSerialExecutor()
    }

    /// - Parameter signals: its work doorbell is the executor's.
    init(
        _ projection: SignalProjection, signals: consuming RingConsumer<[Signal]>, on executor: ThreadExecutor,
        logger: Logger
    ) {
        self.executor = executor
        self.projection = projection
        self.logger = logger
        self.signals = signals
    }

    /// Works until the engine is gone and everything is written.
    ///
    /// A failure of SQLite is logged and loses nothing: the projection can be rebuilt from the log.
    func run() async {
        while !signals.isFinished {
            if executor.hasWaitingJobs { await Task.yield() }
            var batch: [Signal] = []
            while batch.count < 4096, let next = signals.pop() { batch += next }
            if batch.isEmpty {
                _ = executor.park { signals.hasElement || signals.isFinished }
            } else {
                do { try projection.add(batch) } catch { logger.error("\(error)") }
            }
        }
    }
}
