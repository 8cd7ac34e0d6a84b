internal import MarginDomain

/// The last level of one thing on each day on which it had one, the latest ``EngineLimits/dailyClosesMax`` of them and
/// today's, which is no close yet.
struct DailySeries<Level: Equatable & Sendable>: Sendable {
    /// Ascending by day; days without a level are not there.
    private var levels: [(day: Int64, level: Level)] = []

    /// The latest level of all.
    var latest: Level? { levels.last?.level }

    /// Takes note of a level.
    ///
    /// - Precondition: days do not descend.
    /// - Parameter today: the day that is not over; nil before the first level of all.
    /// - Returns: whether anything about days that are over changed.
    mutating func note(_ level: Level, on day: Int64, today: Int64?) -> Bool {
        if let last = levels.indices.last, levels[last].day == day {
            let isOver = day < (today ?? day)
            let isOther = levels[last].level != level
            levels[last].level = level
            return isOver && isOther
        }
        levels.append((day, level))
        if levels.count > EngineLimits.dailyClosesMax + 1 { levels.removeFirst() }
        return today != day
    }

    /// The last level that belongs to a day; nil on a day without any.
    func last(on day: Int64) -> Level? {
        levels.last { $0.day <= day }.flatMap { $0.day == day ? $0.level : nil }
    }

    /// How many days have a close before a day that is not over.
    func count(before today: Int64) -> Int { Int(today - firstDay(before: today)) }

    /// The close of every day before one that is not over, the last of all days last; a day without a level closes
    /// where the day before did.
    func closes(before today: Int64) -> [(day: Int64, level: Level)] {
        let earliest = firstDay(before: today)
        var days: [(day: Int64, level: Level)] = []
        days.reserveCapacity(Int(today - earliest))
        var next = 0
        for day in earliest..<today {
            while next + 1 < levels.count, levels[next + 1].day <= day { next += 1 }
            days.append((day, levels[next].level))
        }
        return days
    }

    /// The first day that has a close and counts; today if there is none.
    private func firstDay(before today: Int64) -> Int64 {
        guard let first = levels.first?.day else { return today }
        return min(today, max(first, today - Int64(EngineLimits.dailyClosesMax)))
    }
}
