private import Glibc
public import MarginDomain

/// The feed's two clocks, given to it: one to compare time stamps with, one to wait by.
public struct FeedClock: Sendable {
    /// The time of day.
    public var wall: @Sendable () -> Timestamp
    /// Time that never jumps; only differences mean anything.
    public var monotonic: @Sendable () -> Timestamp

    /// From two functions, each cheap enough for every frame.
    public init(wall: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Timestamp) {
        self.wall = wall
        self.monotonic = monotonic
    }

    /// The machine's clocks.
    public static let system = FeedClock(wall: { read(CLOCK_REALTIME) }, monotonic: { read(CLOCK_MONOTONIC) })

    private static func read(_ clock: clockid_t) -> Timestamp {
        var time = timespec()
        // SAFETY: a local variable, written by the call.
        unsafe clock_gettime(clock, &time)
        return Timestamp(Int64(time.tv_sec) * Duration64.perSecond + Int64(time.tv_nsec))
    }
}
