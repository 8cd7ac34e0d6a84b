private import Glibc

/// A level-triggered flag that a poll call can wait for: a socket pair with at most a few bytes in it.
struct SignalDescriptor: ~Copyable, Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(HandoverError) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        // SAFETY: the array holds the two descriptors the call writes and is only borrowed for it.
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .doorbellNotCreated(errno: errno) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func raise() {
        var token: UInt8 = 1
        // SAFETY: one byte of a local variable. A full buffer (EAGAIN) already means "raised", so the result carries no information.
        _ = unsafe write(writeEnd, &token, 1)
    }

    func clear() {
        var tokens: InlineArray<16, UInt8> = InlineArray(repeating: 0)
        // SAFETY: reads at most the 16 bytes the buffer has.
        while unsafe read(readEnd, &tokens, 16) == 16 {}
    }

    /// Returns `false` when the time is over; a signal handler's interruption counts as a wake-up.
    func wait(timeoutMilliseconds: Int32?) -> Bool {
        var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        // SAFETY: one entry, borrowed for the call.
        return unsafe poll(&entry, 1, timeoutMilliseconds ?? -1) != 0
    }
}
