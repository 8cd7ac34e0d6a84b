private import CZeroMQ

/// libzmq's I/O threads and in-process endpoints, shared by all sockets; one per process.
///
/// One, because libzmq 4.3 closes its random generator when any context ends, under the feet of encrypted sockets of another.
/// Sockets keep their context alive. When the last reference goes, the context waits for unsent messages as long as the sockets' linger allows.
@safe public final class ZeroMQContext {
    let pointer: UnsafeMutableRawPointer

    /// Starts the I/O threads with the first socket.
    ///
    /// - Parameters:
    ///   - ioThreadCount: one carries about a gigabyte per second.
    ///   - socketCountMax: sockets beyond this are refused with `tooManySockets`.
    public init(ioThreadCount: Int32 = 1, socketCountMax: Int32 = 1023) throws(ZeroMQError) {
        guard let pointer = unsafe zmq_ctx_new() else { throw .last() }
        unsafe self.pointer = pointer
        try set(ZMQ_IO_THREADS, to: ioThreadCount)
        try set(ZMQ_MAX_SOCKETS, to: socketCountMax)
        // Sockets that were given no linger of their own must not hold up the end of the process for ever.
        try set(ZMQ_BLOCKY, to: 0)
    }

    deinit {
        // SAFETY: every socket holds a reference to the context, so all are closed. A signal interrupts the wait, which is then taken up again.
        while unsafe zmq_ctx_term(pointer) != 0 && zmq_errno() == EINTR {}
    }

    /// Ends every blocking call on every socket with `contextTerminated`; the owning threads then close their sockets. May be called from any thread, more than once.
    public func shutdown() {
        // SAFETY: the pointer is valid as long as this object is.
        _ = unsafe zmq_ctx_shutdown(pointer)
    }

    private func set(_ option: Int32, to value: Int32) throws(ZeroMQError) {
        // SAFETY: the pointer is valid as long as this object is.
        guard unsafe zmq_ctx_set(pointer, option, value) == 0 else { throw .last() }
    }
}

// ISOLATION: libzmq documents contexts as thread safe, and the pointer never changes.
extension ZeroMQContext: @unchecked Sendable {}
