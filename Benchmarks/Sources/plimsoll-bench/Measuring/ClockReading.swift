import Glibc

/// A moment on three clocks, in nanoseconds: what passed, what this thread and what this process worked.
struct ClockReading {
    let wall = Self.read(CLOCK_MONOTONIC)
    let thread = Self.read(CLOCK_THREAD_CPUTIME_ID)
    let process = Self.read(CLOCK_PROCESS_CPUTIME_ID)

    /// The time of day, in nanoseconds since 1970.
    static var timeOfDay: Int64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // SAFETY: a local variable, written by the call.
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
