import MarginDomain

/// When contracts expire, and how dates are written in their names.
enum ExpiryCalendar {
    private static let day: Int64 = 86_400
    private static let fixing: Int64 = 8 * 3600
    private static let noticeMin: Int64 = 2 * 3600

    /// 08:00 UTC of the first day with at least two hours to go, and so many days after it.
    static func expiries(from start: Timestamp, days: [Int]) -> [Timestamp] {
        let seconds = start.nanoseconds / Duration64.perSecond
        var first = seconds / day * day + fixing
        while first < seconds + noticeMin { first += day }
        return days.map { Timestamp((first + Int64($0) * day) * Duration64.perSecond) }
    }

    /// Such as 27MAR26.
    static func name(of expiry: Timestamp) -> String {
        let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        let date = civil(day: Int(expiry.nanoseconds / Duration64.perSecond / day))
        let year = date.year % 100
        return "\(date.day)\(months[date.month - 1])\(year < 10 ? "0" : "")\(year)"
    }

    /// The Gregorian date of a day counted from 1970-01-01, walking year by year; called a few times at a listing.
    private static func civil(day count: Int) -> (year: Int, month: Int, day: Int) {
        var (year, rest) = (1970, count)
        while rest >= length(of: year) {
            rest -= length(of: year)
            year += 1
        }
        var month = 1
        while rest >= length(of: month, in: year) {
            rest -= length(of: month, in: year)
            month += 1
        }
        return (year, month, rest + 1)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func length(of year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
