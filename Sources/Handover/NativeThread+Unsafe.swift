private import Glibc

/// One operating-system thread, waited for by whoever owns this value.
struct NativeThread: ~Copyable, Sendable {
    private let identity: pthread_t

    /// Starts a thread that runs `body` once.
    init(name: String, body: @escaping @Sendable () -> Void) throws(HandoverError) {
        let start = Start(name: name, body: body)
        var identity = pthread_t()
        // SAFETY: the reference passed as the argument is owned by the thread, which releases it; if no thread started, it is released here.
        let argument = unsafe Unmanaged.passRetained(start).toOpaque()
        let failure = unsafe pthread_create(&identity, nil, runThread, argument)
        guard failure == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(argument).release()
            throw .threadNotStarted(errno: failure)
        }
        self.identity = identity
    }

    deinit {
        // Reached only by a value that was not joined; the system then frees the thread's memory at its end.
        pthread_detach(identity)
    }

    /// Blocks until the thread has ended.
    consuming func join() {
        // The value is consumed, so a thread is joined at most once.
        pthread_join(identity, nil)
        discard self
    }

    /// A number that no other running thread has.
    static var currentIdentity: UInt { UInt(pthread_self()) }

    fileprivate final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    // SAFETY: the argument is the reference retained by init, taken over exactly once.
    let start = unsafe Unmanaged<NativeThread.Start>.fromOpaque(argument).takeRetainedValue()
    nameCurrentThread(start.name)
    start.body()
    return nil
}

/// Shows the name in process listings; a system that does not offer it just shows the process's name.
private func nameCurrentThread(_ name: String) {
    // SAFETY: a literal path, borrowed for the call.
    let comm = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard comm >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    // SAFETY: the array is borrowed for the call and its own length is passed.
    _ = unsafe write(comm, bytes, bytes.count)
    close(comm)
}
