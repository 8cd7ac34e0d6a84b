public import MarginDomain

/// Event times as people read them.
public enum TimeOfDayText {
    /// Such as `21:13:05.123`, UTC.
    public static func text(_ time: Timestamp) -> String {
        let day: Int64 = 86_400_000
        let milliseconds = ((time.nanoseconds / 1_000_000) % day + day) % day
        let seconds = milliseconds / 1000
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(three(milliseconds % 1000))"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func three(_ number: Int64) -> String { number < 100 ? "0" + two(number) : "\(number)" }
}
