import CZeroMQ

/// The array of the poll call, filled anew for each so that it never holds a pointer to a closed socket.
@safe struct PollItems {
    private var items: [zmq_pollitem_t] = unsafe []

    mutating func wait(for targets: [Poller.Target], interests: [Poller.Readiness], timeoutMilliseconds: Int?)
        throws(ZeroMQError) -> Int
    {
        unsafe items.removeAll(keepingCapacity: true)
        for (target, interest) in zip(targets, interests) {
            switch target {
            case .socket(let handle):
                unsafe try items.append(
                    zmq_pollitem_t(socket: handle.opened(), fd: 0, events: interest.rawValue, revents: 0))
            case .descriptor(let descriptor):
                unsafe items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: interest.rawValue, revents: 0))
            }
        }
        // SAFETY: the sockets are open (checked above) and belong to this thread, so none closes during the call; the count is the array's own.
        let ready = unsafe zmq_poll(&items, Int32(items.count), timeoutMilliseconds ?? -1)
        if ready >= 0 { return Int(ready) }
        let failure = zmq_errno()
        guard failure == EINTR else { throw ZeroMQError(errno: failure) }
        unsafe items.removeAll(keepingCapacity: true)
        return 0
    }

    func readiness(at index: Int) -> Poller.Readiness {
        // After an interrupted wait nothing is known to be ready.
        guard unsafe index < items.count else { return [] }
        return unsafe Poller.Readiness(rawValue: items[index].revents)
    }
}
