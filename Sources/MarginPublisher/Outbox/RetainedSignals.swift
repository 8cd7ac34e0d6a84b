import MarginDomain

/// The last signals that were sent, by number and by pool: what replay answers from.
struct RetainedSignals {
    private var slots: [Signal] = []
    private let capacity: Int
    /// The number whose signal is in the first slot.
    private let base: StreamNumber
    /// Numbers of the retained signals of each pool, in order.
    private var byPool: [PoolID: [StreamNumber]] = [:]
    /// The oldest retained number, or the next one if nothing is retained.
    private(set) var first: StreamNumber
    /// The number that follows the newest.
    private(set) var end: StreamNumber

    /// Holding nothing.
    ///
    /// - Parameter next: the number that the first signal will have.
    init(next: StreamNumber, capacity: Int = EngineLimits.retainedSignalsMax) {
        precondition(capacity > 0, "At least one signal is retained.")
        self.capacity = capacity
        base = next
        (first, end) = (next, next)
    }

    /// Keeps a signal, and forgets the oldest if there are too many.
    mutating func keep(_ signal: Signal) {
        precondition(signal.signalNo == end, "Signals are kept in order of their numbers, without a hole.")
        if end.rawValue - first.rawValue == UInt64(capacity) { forgetOldest() }
        let place = place(of: end)
        if place < slots.count { slots[place] = signal } else { slots.append(signal) }
        byPool[signal.pool, default: []].append(end)
        end = end.next
    }

    /// The signal with a number; nil if it is not retained.
    subscript(number: StreamNumber) -> Signal? {
        guard number >= first, number < end else { return nil }
        return slots[place(of: number)]
    }

    /// Numbers of a pool's retained signals, in order; the pool's own numbers ascend by one along it.
    func numbers(of pool: PoolID) -> [StreamNumber] { byPool[pool] ?? [] }

    /// Whether the signal with this identity is retained.
    func contains(_ key: SignalKey) -> Bool {
        var (low, high) = (first.rawValue, end.rawValue)
        while low < high {
            let middle = low + (high - low) / 2
            guard let signal = self[StreamNumber(middle)] else { return false }
            if SignalKey(signal) < key { low = middle + 1 } else { high = middle }
        }
        return self[StreamNumber(low)].map { SignalKey($0) == key } ?? false
    }

    private func place(of number: StreamNumber) -> Int { Int((number.rawValue - base.rawValue) % UInt64(capacity)) }

    private mutating func forgetOldest() {
        let pool = slots[place(of: first)].pool
        byPool[pool]?.removeFirst()
        if byPool[pool]?.isEmpty == true { byPool[pool] = nil }
        first = first.next
    }
}
