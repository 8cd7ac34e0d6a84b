import CZeroMQ

/// One received frame, reused from receive to receive so that steady running allocates nothing here.
@safe public struct Message: ~Copyable {
    // On the heap because libzmq keeps short frames inside the structure itself: their bytes must not move while a span looks at them.
    let cell: UnsafeMutablePointer<zmq_msg_t>

    /// An empty frame.
    public init() {
        unsafe cell = .allocate(capacity: 1)
        unsafe zmq_msg_init(cell)
    }

    deinit {
        // SAFETY: initialised in init and by every receive since, closed and freed once.
        unsafe zmq_msg_close(cell)
        unsafe cell.deallocate()
    }

    /// The frame's bytes, valid until the next receive into this message.
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // SAFETY: the memory belongs to the cell, which changes only by a receive that needs exclusive access to this value.
            let buffer = unsafe UnsafeRawBufferPointer(start: zmq_msg_data(cell), count: zmq_msg_size(cell))
            return unsafe _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
        }
    }

    /// Length of the frame.
    public var byteCount: Int { unsafe zmq_msg_size(cell) }

    /// Whether further frames of the same message follow.
    public var hasMore: Bool { unsafe zmq_msg_more(cell) != 0 }

    /// The name the `ZapResponder` gave to the sender's key, or `nil` if it was not asked. The only thing to authorise by: identities are chosen by the peer.
    public var userID: String? { property("User-Id") }

    /// The sender's network address as the connection shows it, or `nil` within a process.
    public var peerAddress: String? { property("Peer-Address") }

    private func property(_ name: String) -> String? {
        // SAFETY: libzmq returns a string that lives as long as the frame; it is copied at once.
        guard let value = unsafe zmq_msg_gets(cell, name) else { return nil }
        return unsafe String(cString: value)
    }
}
