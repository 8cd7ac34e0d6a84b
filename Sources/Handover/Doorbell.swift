internal import Synchronization

/// Wakes one sleeping thread from any other, and costs the others one atomic exchange while nobody sleeps.
///
/// Exactly one thread sleeps on a doorbell: the consumer of the rings and jobs that ring it.
/// Its descriptor can be polled together with sockets, so a thread that owns sockets sleeps in one place only.
///
/// No wake-up is lost. The sleeper first *arms* the bell and then looks for work once more; a producer first makes its work visible and then *rings*.
/// Arming and ringing are exchanges on one word, so one of them comes first:
/// if arming does, the ringer sees it and writes to the descriptor; if ringing does, the arming exchange reads it and therefore sees the work.
public final class Doorbell: Sendable {
    private let armed = Atomic<Bool>(false)
    let signal: SignalDescriptor

    /// Opens the bell's descriptors, which it closes when the last reference goes.
    public init() throws(HandoverError) {
        signal = try SignalDescriptor()
    }

    /// Becomes readable when the bell rings while it is armed; for a poll call inside `park(unless:sleeping:)`, never to be read directly.
    public var fileDescriptor: Int32 { signal.readEnd }

    /// Wakes the sleeper if there is one; call it after the work is visible to other threads.
    public func ring() {
        if armed.exchange(false, ordering: .acquiringAndReleasing) { signal.raise() }
    }

    /// Sleeps until the bell rings or the time is over, unless there is work already.
    ///
    /// - Returns: `true` if there is a reason to look for work; spurious wake-ups are possible and count as one. `false` when the time is over.
    public func park(timeoutMilliseconds: Int32? = nil, unless isReady: () -> Bool) -> Bool {
        var isAwake = true
        park(unless: isReady) { isAwake = signal.wait(timeoutMilliseconds: timeoutMilliseconds) }
        return isAwake
    }

    /// Runs `sleep`, which must end when `fileDescriptor` becomes readable, unless there is work already.
    ///
    /// This is how a thread waits for sockets and rings at once: `sleep` polls the sockets and the descriptor.
    public func park<Failure: Error>(unless isReady: () -> Bool, sleeping sleep: () throws(Failure) -> Void)
        throws(Failure)
    {
        _ = armed.exchange(true, ordering: .acquiringAndReleasing)
        let mustSleep = !isReady()
        defer {
            let wasRung = !armed.exchange(false, ordering: .acquiringAndReleasing)
            // A ringer that took the flag has raised the signal or is about to. If it does so only after this,
            // the next sleep ends early and then clears the signal, which is why every sleep does.
            if wasRung || mustSleep { signal.clear() }
        }
        if mustSleep { try sleep() }
    }
}
