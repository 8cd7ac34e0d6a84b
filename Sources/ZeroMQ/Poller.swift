/// Waits until one of several sockets or descriptors is ready, for the thread that owns them.
///
/// It refers to sockets without owning them; a socket that was closed makes the next wait fail with `socketClosed`.
public struct Poller {
    /// What a socket is ready for.
    public struct Readiness: OptionSet, Sendable {
        /// libzmq's bits.
        public let rawValue: Int16

        /// From libzmq's bits.
        public init(rawValue: Int16) { self.rawValue = rawValue }

        /// A message can be received.
        public static let readable = Readiness(rawValue: 1)
        /// A message can be sent.
        public static let writable = Readiness(rawValue: 2)
        /// The descriptor is broken; never set for a socket.
        public static let failed = Readiness(rawValue: 4)
    }

    /// Names one watched socket or descriptor in this poller.
    public struct Slot: Equatable, Sendable {
        let index: Int
    }

    enum Target {
        case socket(SocketHandle)
        case descriptor(Int32)
    }

    private var targets: [Target] = []
    private var interests: [Readiness] = []
    private var items = PollItems()

    /// Watches nothing yet.
    public init() {}

    /// Adds a socket.
    public mutating func watch(_ socket: borrowing Socket, for interest: Readiness = .readable) -> Slot {
        add(.socket(socket.handle), interest)
    }

    /// Adds a monitor, which is readable when an event waits.
    public mutating func watch(_ monitor: borrowing SocketMonitor) -> Slot {
        add(.socket(monitor.events.handle), .readable)
    }

    /// Adds a descriptor of the operating system, such as another thread's wake-up signal; it stays its owner's.
    public mutating func watch(fileDescriptor: Int32, for interest: Readiness = .readable) -> Slot {
        add(.descriptor(fileDescriptor), interest)
    }

    /// Changes what a slot waits for; with an empty set it waits for nothing.
    public mutating func change(_ slot: Slot, to interest: Readiness) { interests[slot.index] = interest }

    /// Waits until a slot is ready.
    ///
    /// - Parameter timeoutMilliseconds: `nil` waits without limit, 0 only looks.
    /// - Returns: how many slots are ready; 0 when the time is over, and also when a signal handler interrupted the wait.
    public mutating func wait(timeoutMilliseconds: Int?) throws(ZeroMQError) -> Int {
        try items.wait(for: targets, interests: interests, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// What the slot was ready for at the end of the last wait.
    public func readiness(of slot: Slot) -> Readiness { items.readiness(at: slot.index) }

    private mutating func add(_ target: Target, _ interest: Readiness) -> Slot {
        targets.append(target)
        interests.append(interest)
        return Slot(index: targets.count - 1)
    }
}
