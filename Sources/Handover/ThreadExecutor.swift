internal import Synchronization

/// A thread of its own on which an actor lives, for work that blocks: sockets, engine shards, the log writer.
///
/// The actor returns it as its `unownedExecutor`. Its long-running function is one loop that pops batches, and, before it sleeps, lets other calls to the actor in:
///
/// ```swift
/// actor Shard {
///   private let executor: ThreadExecutor
///   nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
///   func run() async {
///     while !inbox.isFinished {
///       if let batch = inbox.pop() { apply(batch) }
///       else if executor.hasWaitingJobs { await Task.yield() }
///       else { _ = executor.park { inbox.hasElement || inbox.isFinished } }
///     }
///   }
/// }
/// ```
/// Its `doorbell` is rung by calls to the actor; give the same one to the actor's rings, and poll its descriptor with the actor's sockets, and the thread sleeps in one place only.
public final class ThreadExecutor: SerialExecutor {
    private struct Inbox: ~Copyable {
        var jobs: [UnownedJob] = []
        var isStopping = false
        var thread: NativeThread?
    }

    /// Wakes this executor's thread; shared with the rings whose consumer lives on it.
    public let doorbell: Doorbell

    private let inbox = Mutex(Inbox())
    private let waitingJobCount = Atomic<Int>(0)
    private let threadIdentity = Atomic<UInt>(0)

    /// Starts the thread. It runs until `stop()`, and keeps the executor alive until then.
    ///
    /// - Parameter name: what debuggers and process listings show; the system keeps the first 15 bytes.
    public init(name: String) throws(HandoverError) {
        doorbell = try Doorbell()
        // Starting inside the lock keeps the new thread from a first look at the inbox until it is complete.
        try inbox.withLock { (inbox) throws(HandoverError) in
            inbox.thread = try NativeThread(name: name) { self.serve() }
        }
    }

    /// Queues a job of an actor that lives here; called by the runtime.
    ///
    /// - Precondition: the thread has not been told to stop: a job that could never run would leave its caller waiting for ever.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        inbox.withLock { inbox in
            precondition(!inbox.isStopping, "An actor was called after its thread was stopped.")
            inbox.jobs.append(job)
            waitingJobCount.wrappingAdd(1, ordering: .releasing)
        }
        doorbell.ring()
    }

    /// Whether calls to the actor wait; a long-running function then yields.
    public var hasWaitingJobs: Bool { waitingJobCount.load(ordering: .acquiring) > 0 }

    /// Sleeps until there is work for the caller, a call to the actor, or the time is over; only from the executor's own thread.
    ///
    /// - Returns: `false` when the time is over.
    public func park(timeoutMilliseconds: Int32? = nil, unless isReady: () -> Bool) -> Bool {
        doorbell.park(timeoutMilliseconds: timeoutMilliseconds) { hasWaitingJobs || isReady() }
    }

    /// Ends the thread after the jobs queued so far; does not wait for it. The actor must not be called any more.
    public func stop() {
        inbox.withLock { $0.isStopping = true }
        doorbell.ring()
    }

    /// Stops the thread and blocks the caller until it has ended; a second call returns at once.
    ///
    /// - Precondition: not called from the executor's own thread.
    public func stopAndJoin() {
        precondition(
            threadIdentity.load(ordering: .relaxed) != NativeThread.currentIdentity,
            "A thread cannot wait for its own end.")
        stop()
        inbox.withLock { $0.thread.take() }?.join()
    }

    /// Confirms, for `assumeIsolated` and friends, that the caller is on this thread.
    public func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "Expected to be on the executor's own thread.")
    }

    /// Whether the caller is on this thread.
    public func isIsolatingCurrentContext() -> Bool? {
        threadIdentity.load(ordering: .relaxed) == NativeThread.currentIdentity
    }

    private func serve() {
        threadIdentity.store(NativeThread.currentIdentity, ordering: .relaxed)
        while true {
            let (jobs, isStopping) = inbox.withLock { inbox in
                let jobs = inbox.jobs
                inbox.jobs.removeAll(keepingCapacity: true)
                return (jobs, inbox.isStopping)
            }
            for job in jobs {
                // One by one: a job that sleeps must still see those taken out with it as waiting.
                waitingJobCount.wrappingSubtract(1, ordering: .relaxed)
                run(job)
            }
            if jobs.isEmpty {
                if isStopping { return }
                _ = doorbell.park { hasWaitingJobs || inbox.withLock { $0.isStopping } }
            }
        }
    }
}
