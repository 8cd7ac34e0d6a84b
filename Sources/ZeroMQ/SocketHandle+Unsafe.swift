private import CZeroMQ

/// The libzmq socket itself: every call that passes a pointer to one, with results turned into values and typed errors.
///
/// A class, so that a poller or a monitor may refer to a socket that its owner has closed: their calls then fail with `socketClosed` instead of touching freed memory.
@safe final class SocketHandle {
    let context: ZeroMQContext
    private var pointer: UnsafeMutableRawPointer?

    init(_ kind: SocketKind, in context: ZeroMQContext) throws(ZeroMQError) {
        self.context = context
        // SAFETY: the context object keeps its pointer valid and is kept by this object.
        unsafe pointer = zmq_socket(context.pointer, kind.rawKind)
        guard unsafe pointer != nil else { throw .last() }
    }

    deinit { close() }

    var isClosed: Bool { unsafe pointer == nil }

    func close() {
        guard let open = unsafe pointer else { return }
        // SAFETY: the pointer is forgotten first, so it is closed once and never used again.
        unsafe pointer = nil
        unsafe zmq_close(open)
    }

    /// The pointer for one call; never kept.
    func opened() throws(ZeroMQError) -> UnsafeMutableRawPointer {
        guard let open = unsafe pointer else { throw .socketClosed }
        return unsafe open
    }

    // Options

    func set(_ option: Int32, to value: Int32) throws(ZeroMQError) {
        var value = value
        // SAFETY: the size is that of the variable passed.
        guard unsafe try zmq_setsockopt(opened(), option, &value, MemoryLayout<Int32>.size) == 0 else { throw .last() }
    }

    func set(_ option: Int32, toInt64 value: Int64) throws(ZeroMQError) {
        var value = value
        // SAFETY: the size is that of the variable passed.
        guard unsafe try zmq_setsockopt(opened(), option, &value, MemoryLayout<Int64>.size) == 0 else { throw .last() }
    }

    func set(_ option: Int32, toBytes bytes: borrowing RawSpan) throws(ZeroMQError) {
        let socket = unsafe try opened()
        // SAFETY: the buffer is borrowed for the call, and libzmq copies it.
        let result = unsafe bytes.withUnsafeBytes { unsafe zmq_setsockopt(socket, option, $0.baseAddress, $0.count) }
        guard result == 0 else { throw .last() }
    }

    func string(_ option: Int32) throws(ZeroMQError) -> String {
        let socket = unsafe try opened()
        var buffer = [UInt8](repeating: 0, count: 256)
        var size = buffer.count
        // SAFETY: libzmq writes at most the size passed and stores how much it wrote.
        guard unsafe zmq_getsockopt(socket, option, &buffer, &size) == 0 else { throw .last() }
        return String(decoding: buffer.prefix(size).prefix { $0 != 0 }, as: UTF8.self)
    }

    // Endpoints. SAFETY: the strings are borrowed for the calls, and libzmq copies them.

    func bind(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe try zmq_bind(opened(), endpoint) == 0 else { throw .last() }
    }

    func connect(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe try zmq_connect(opened(), endpoint) == 0 else { throw .last() }
    }

    func unbind(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe try zmq_unbind(opened(), endpoint) == 0 else { throw .last() }
    }

    func disconnect(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe try zmq_disconnect(opened(), endpoint) == 0 else { throw .last() }
    }

    /// Starts reporting the events of the mask at an in-process endpoint, or stops if there is none.
    func monitor(at endpoint: String?, events: Int32) throws(ZeroMQError) {
        guard unsafe try zmq_socket_monitor(opened(), endpoint, events) == 0 else { throw .last() }
    }

    // Messages

    /// Returns `false` if the call may not wait and the queue is full.
    func send(_ bytes: borrowing RawSpan, more: Bool, waits: Bool) throws(ZeroMQError) -> Bool {
        let socket = unsafe try opened()
        let flags = (more ? ZMQ_SNDMORE : 0) | (waits ? 0 : ZMQ_DONTWAIT)
        while true {
            // SAFETY: the buffer is borrowed for the call, and libzmq copies it.
            let sent = unsafe bytes.withUnsafeBytes { unsafe zmq_send(socket, $0.baseAddress, $0.count, flags) }
            if sent >= 0 { return true }
            let failure = zmq_errno()
            if failure == EAGAIN { return false }
            if failure != EINTR { throw ZeroMQError(errno: failure) }
        }
    }

    /// Returns `false` if the call may not wait and there is nothing.
    func receive(into message: borrowing Message, waits: Bool) throws(ZeroMQError) -> Bool {
        let socket = unsafe try opened()
        while true {
            // SAFETY: the message owns its cell, and libzmq releases what the cell held before.
            if unsafe zmq_msg_recv(message.cell, socket, waits ? 0 : ZMQ_DONTWAIT) >= 0 { return true }
            let failure = zmq_errno()
            if failure == EAGAIN { return false }
            if failure != EINTR { throw ZeroMQError(errno: failure) }
        }
    }
}
