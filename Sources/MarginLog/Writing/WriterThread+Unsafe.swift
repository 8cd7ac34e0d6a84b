import Glibc

/// A thread of its own for work that blocks, so that it never holds one of the cooperative pool.
struct WriterThread: Sendable {
    private let thread: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that runs `body` and ends with it.
    init(_ body: @escaping @Sendable () -> Void) throws(LogError) {
        // SAFETY: the retain taken here is released by the thread, or below if there is none.
        let context = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .file(.startThread, path: "", code: code)
        }
        self.thread = thread
    }

    /// Waits until the thread has ended. Called once; from the thread itself it only lets go of it.
    func join() {
        if pthread_equal(thread, pthread_self()) != 0 {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }
}
