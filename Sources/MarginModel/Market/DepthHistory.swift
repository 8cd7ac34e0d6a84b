import MarginDomain

/// How much of an underlying its market took at its thinnest of late: the least mean of an hour in five days.
///
/// A mean over an hour, so that neither one bad quote nor one good one decides; the least of five days, so that the depth
/// of quiet hours counts. Only published depths move it, so it is the same whenever it is asked for.
struct DepthHistory: Equatable, Sendable {
    /// Of the newest depth.
    private(set) var publishTime = Timestamp(.min)
    private var hour: Int64 = 0
    /// Of the running hour.
    private var sum: Int128 = 0
    private var count: Int128 = 0
    /// The least mean of the finished hours of each day, ascending, none older than ``days`` ago.
    private var leastOfDay: [DayLeast] = []

    /// A day since 1970 and its least mean in quanta.
    private struct DayLeast: Equatable, Sendable {
        let day: Int64
        var mean: Int64
    }

    private static let hourNanoseconds: Int64 = 3_600_000_000_000
    private static let hoursPerDay: Int64 = 24
    private static let days: Int64 = 5

    /// Takes the smaller of both sides.
    mutating func add(_ depth: Depth) {
        let hour = Self.floored(depth.publishTime.nanoseconds, Self.hourNanoseconds)
        if hour != self.hour, count > 0 { close(before: hour) }
        self.hour = hour
        publishTime = depth.publishTime
        sum += Int128(min(depth.bid, depth.ask).quanta)
        count += 1
    }

    /// `L_u` in quanta: the running hour's while none is finished; nil before the first depth.
    var least: Int64? {
        guard count > 0 else { return nil }
        return leastOfDay.map(\.mean).min() ?? Int64(sum / count)
    }

    private mutating func close(before next: Int64) {
        let mean = Int64(sum / count)
        let day = Self.floored(hour, Self.hoursPerDay)
        if let last = leastOfDay.last, last.day == day {
            leastOfDay[leastOfDay.count - 1].mean = min(last.mean, mean)
        } else {
            leastOfDay.append(DayLeast(day: day, mean: mean))
        }
        let today = Self.floored(next, Self.hoursPerDay)
        leastOfDay.removeAll { $0.day <= today - Self.days }
        (sum, count) = (0, 0)
    }

    private static func floored(_ number: Int64, _ unit: Int64) -> Int64 {
        Int64(Rounding.down(Int128(number), dividedBy: Int128(unit)))
    }
}
