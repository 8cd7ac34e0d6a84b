extension ThreadExecutor {
    /// Runs one job of an actor that lives here, on the executor's own thread.
    func run(_ job: UnownedJob) {
        // SAFETY: the unowned reference lives only for the call, during which the thread itself keeps the executor alive.
        // ISOLATION: serve() is the only caller, so jobs run one at a time and on one thread.
        unsafe job.runSynchronously(on: asUnownedSerialExecutor())
    }
}
