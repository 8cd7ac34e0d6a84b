public import MarginDomain

/// How fast event time runs.
public enum ExchangePace: Equatable, Sendable {
    /// By the clock, so many times as fast.
    case clock(speed: Double)
    /// As fast as messages can be made.
    case unpaced
}

/// When event times are due by the clock.
///
/// Latency is measured from here and not from when a message was sent: a publisher that is held up must not make its
/// consumers look fast.
public struct PaceSchedule: Sendable {
    /// When `start` was due.
    public let origin: ContinuousClock.Instant
    /// The event time that was due then.
    public let start: Timestamp
    /// Seconds of event time per second.
    public let speed: Double

    public init(origin: ContinuousClock.Instant, start: Timestamp, speed: Double) {
        precondition(speed > 0, "time runs forward")
        self.origin = origin
        self.start = start
        self.speed = speed
    }

    /// When an event time is due.
    public func due(_ time: Timestamp) -> ContinuousClock.Instant {
        origin + .nanoseconds(Int64(Double((time - start).nanoseconds) / speed))
    }

    /// The event time that is due now.
    func time(at instant: ContinuousClock.Instant) -> Timestamp {
        let passed = (instant - origin) / .nanoseconds(1)
        return start + Duration64(Int64(passed * speed))
    }
}
