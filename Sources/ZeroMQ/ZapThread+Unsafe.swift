private import CZeroMQ

/// The responder's thread, started and joined through libzmq.
@safe struct ZapThread: ~Copyable {
    private let pointer: UnsafeMutableRawPointer

    /// Starts the loop; from here on only the thread touches it.
    init(_ loop: consuming sending ZapLoop) throws(ZeroMQError) {
        // SAFETY: the retained reference is the thread's and released by it; if no thread started, it is released here.
        // ISOLATION: the loop is sent, so the caller has no reference left, and starting a thread publishes its memory.
        let argument = unsafe Unmanaged.passRetained(loop).toOpaque()
        guard let pointer = unsafe zmq_threadstart(runZapLoop, argument) else {
            unsafe Unmanaged<ZapLoop>.fromOpaque(argument).release()
            throw .last()
        }
        unsafe self.pointer = pointer
    }

    /// Blocks until the loop has ended.
    consuming func join() {
        // SAFETY: the value is consumed, so a thread is joined once.
        unsafe zmq_threadclose(pointer)
    }
}

// ISOLATION: the pointer only names the thread for the one join.
extension ZapThread: @unchecked Sendable {}

private func runZapLoop(_ argument: UnsafeMutableRawPointer?) {
    guard let argument = unsafe argument else { return }
    // SAFETY: the argument is the reference retained at the start, taken over exactly once.
    let loop = unsafe Unmanaged<ZapLoop>.fromOpaque(argument).takeRetainedValue()
    do throws(ZeroMQError) {
        try loop.run()
    } catch {
        // The loop ends with its context, and on any failure: its sockets close here, and encrypted sockets then refuse everybody.
        assert(error == .contextTerminated, "The responder failed: \(error)")
    }
}
