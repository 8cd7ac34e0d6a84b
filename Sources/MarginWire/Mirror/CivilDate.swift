/// A day of the Gregorian calendar, and its number counted from 1970-01-01.
///
/// Years begin in March here, so that the leap day is a year's last and months follow a fixed pattern: month m of
/// such a year begins on its day (153 m + 2) / 5. A cycle of 400 years has 146 097 days; day 0 of the first cycle
/// is 719 468 days before 1970-01-01.
struct CivilDate: Equatable {
    let year: Int64
    let month: Int64
    let day: Int64

    private static let daysPerCycle: Int64 = 146_097
    private static let daysBefore1970: Int64 = 719_468

    /// The date of a day's number.
    init(days: Int64) {
        let (cycle, dayOfCycle) = floorDivision(days + Self.daysBefore1970, Self.daysPerCycle)
        let leapDays = dayOfCycle / 1460 - dayOfCycle / 36_524 + dayOfCycle / 146_096
        let yearOfCycle = (dayOfCycle - leapDays) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    }

    /// nil where the calendar has no such day.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        // A day that the month lacks counts into the next month and comes back as another date.
        guard CivilDate(days: days) == self else { return nil }
    }

    /// Days since 1970-01-01.
    var days: Int64 {
        let (cycle, yearOfCycle) = floorDivision(month <= 2 ? year - 1 : year, 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfCycle = 365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * Self.daysPerCycle + dayOfCycle - Self.daysBefore1970
    }
}
