import MarginDomain
import Synchronization

/// The writer's side of the queue, and the ways a log ends.
extension AppendQueue {
    /// What the writer is to do next.
    enum Work {
        /// Commit the batch it was given, which ends at `end`.
        case batch(end: LogPosition)

        /// Nothing came for the time it was willing to wait.
        case idle

        /// Everything is written and nothing more will come.
        case close

        /// The log has stopped.
        case stop
    }

    /// Waits for work. A batch is swapped against `batch`, the buffer written before.
    ///
    /// - Parameter idleMilliseconds: how long to wait before returning ``Work/idle``; nil is for ever.
    func nextWork(_ batch: inout [UInt8], idleMilliseconds: Int?) -> Work {
        while true {
            if let work = takeWork(&batch) { return work }
            guard let idleMilliseconds else {
                work.wait()
                continue
            }
            // A post that crosses the time-out is harmless: the next wait returns at once and finds no work.
            if !work.wait(milliseconds: idleMilliseconds) { return .idle }
        }
    }

    /// The work at hand; nil if there is none, and then the writer is marked asleep.
    func takeWork(_ batch: inout [UInt8]) -> Work? {
        batch.removeSubrange(LogLimits.headerBytes...)
        // The lock is left before anyone is woken, so that they do not wake into a held lock.
        var spare = batch
        batch = []
        let (work, blocked) = state.withLock { state -> (Work?, Int) in
            if state.failure != nil { return (.stop, 0) }
            guard state.queuedBytes > 0 else {
                if state.isClosing { return (.close, 0) }
                state.isWriterAsleep = true
                return (nil, 0)
            }
            swap(&state.pending, &spare)
            defer { state.blockedAppenders = 0 }
            return (.batch(end: state.end), state.blockedAppenders)
        }
        batch = spare
        for _ in 0..<blocked { room.post() }
        return work
    }

    /// Everything up to `position` is durable.
    func didCommit(_ position: LogPosition) {
        let decided = state.withLock { state in
            state.committed = position
            return state.takeDecidedBarriers()
        }
        for barrier in decided { barrier.continuation.resume(returning: .success(barrier.position)) }
    }

    /// The log stops: every later append, and everyone who waits, gets `failure`. The first failure stays.
    func stop(_ failure: LogError) {
        let (decided, blocked) = state.withLock { state in
            if state.failure == nil { state.failure = failure }
            defer { state.blockedAppenders = 0 }
            return (state.takeDecidedBarriers(), state.blockedAppenders)
        }
        for barrier in decided { barrier.continuation.resume(returning: .failure(failure)) }
        for _ in 0..<blocked { room.post() }
        work.post()
    }

    /// No further append is taken; the writer commits what is queued and then closes.
    func close() {
        let blocked = state.withLock { state in
            state.isClosing = true
            defer { state.blockedAppenders = 0 }
            return state.blockedAppenders
        }
        for _ in 0..<blocked { room.post() }
        work.post()
    }

    /// Why the log has stopped; nil while it runs.
    var failure: LogError? { state.withLock { $0.failure } }

    /// Waits until everything appended so far is committed.
    func barrier() async -> Result<LogPosition, LogError> {
        await withCheckedContinuation { continuation in
            let decided: Result<LogPosition, LogError>? = state.withLock { state in
                if state.end == state.committed { return .success(state.end) }
                if let failure = state.failure { return .failure(failure) }
                state.barriers.append(QueueState.Barrier(position: state.end, continuation: continuation))
                return nil
            }
            if let decided { continuation.resume(returning: decided) }
        }
    }
}
