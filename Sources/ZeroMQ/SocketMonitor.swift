private import CZeroMQ
private import Synchronization

/// The stream of connection events of one socket, for the thread that owns the socket.
///
/// It must be read: libzmq's own I/O thread waits while 2000 frames of events are unread, and with it every socket of the context.
public struct SocketMonitor: ~Copyable {
    private let watched: SocketHandle
    let events: Socket
    private var frame: Message

    private static let number = Atomic<Int>(0)

    /// Starts reporting the socket's events from here on.
    public init(_ socket: borrowing Socket) throws(ZeroMQError) {
        let endpoint = "inproc://monitor-\(SocketMonitor.number.wrappingAdd(1, ordering: .relaxed).newValue)"
        let events = try Socket(.pair, in: socket.handle.context)
        try socket.handle.monitor(at: endpoint, events: ZMQ_EVENT_ALL)
        try events.connect(endpoint)
        watched = socket.handle
        self.events = events
        frame = Message()
    }

    deinit {
        guard !watched.isClosed else { return }
        // The reports end before the socket that reads them goes, because a report that nobody can take would hold up libzmq's I/O thread.
        do { try watched.monitor(at: nil, events: 0) } catch {
            assertionFailure("A monitor could not be stopped: \(error)")
        }
    }

    /// The oldest event not yet read, or `nil` if there is none.
    public mutating func next() throws(ZeroMQError) -> SocketEvent? {
        while try events.tryReceive(into: &frame) {
            let header = frame.bytes.copied()
            guard frame.hasMore else { continue }
            try events.receive(into: &frame)
            let endpoint = String(decoding: frame.bytes.copied(), as: UTF8.self)
            if let event = SocketEvent(header: header, endpoint: endpoint) { return event }
        }
        return nil
    }
}
