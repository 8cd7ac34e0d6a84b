import MarginDomain

/// Holds signals until the log has committed their cause, and keeps them afterwards for whoever missed one.
///
/// ```
///  engine ──▶ held ──committed ≥ record──▶ sent once ──▶ retained ──▶ replay
/// ```
/// A signal that left without its cause on disk could be contradicted after a crash; one that is kept back is only
/// late. Within one incarnation no signal is sent twice unless it is asked for; after a restart the ones that may not
/// have been sent are sent again, under the new epoch and with the same identity: at least once.
struct Outbox {
    private let epoch: Epoch
    private var held: [Signal] = []
    private var heldFirst = 0
    private(set) var retained: RetainedSignals
    private var newest: [PoolID: Signal] = [:]
    private var poolOrder: [PoolID] = []
    /// The number of the last signal taken.
    private(set) var lastTaken: StreamNumber

    /// - Parameter last: the number of the last signal that recovery does not give again.
    init(epoch: Epoch, after last: StreamNumber = .start, capacity: Int = EngineLimits.retainedSignalsMax) {
        self.epoch = epoch
        retained = RetainedSignals(next: last.next, capacity: capacity)
        lastTaken = last
    }

    /// Takes signals that recovery computed again, in order.
    ///
    /// - Parameter sendFrom: the first number that may not have been sent; earlier ones are only kept for replay.
    mutating func recover(_ signals: [Signal], sendFrom: StreamNumber) {
        for signal in signals {
            check(signal)
            if signal.signalNo < sendFrom { keep(stamped(signal)) } else { held.append(signal) }
        }
    }

    /// Takes signals of the engine, in order.
    mutating func take(_ signals: [Signal]) {
        for signal in signals {
            check(signal)
            held.append(signal)
        }
    }

    /// The next signal that may leave, stamped; nil if none may. From here on it counts as sent.
    mutating func release(committed: RecordNumber) -> Signal? {
        guard canRelease(committed: committed) else {
            forgetReleased()
            return nil
        }
        let signal = stamped(held[heldFirst])
        heldFirst += 1
        keep(signal)
        return signal
    }

    /// Whether a signal may leave.
    func canRelease(committed: RecordNumber) -> Bool {
        heldFirst < held.count && held[heldFirst].record <= committed
    }

    /// The number of the last signal sent.
    var lastSent: StreamNumber { StreamNumber(retained.end.rawValue - 1) }

    /// Signals that wait for their record.
    var heldCount: Int { held.count - heldFirst }

    /// The last signal sent of a pool; nil if there was none.
    func newest(of pool: PoolID) -> Signal? { newest[pool] }

    /// Pools that signals were sent of, in order of their first.
    var pools: [PoolID] { poolOrder }

    private mutating func check(_ signal: Signal) {
        precondition(signal.signalNo == lastTaken.next, "The engine numbers its signals without a hole.")
        lastTaken = signal.signalNo
    }

    private func stamped(_ signal: Signal) -> Signal {
        var signal = signal
        signal.epoch = epoch
        signal.committed = true
        return signal
    }

    private mutating func keep(_ signal: Signal) {
        retained.keep(signal)
        if newest.updateValue(signal, forKey: signal.pool) == nil { poolOrder.append(signal.pool) }
    }

    private mutating func forgetReleased() {
        guard heldFirst > 0 else { return }
        held.removeFirst(heldFirst)
        heldFirst = 0
    }
}
