import MarginDomain

/// Time stamps as RFC 3339 in UTC, with up to nine decimals: `2025-10-10T21:13:05.123456789Z`.
enum TimeText {
    private static let secondsPerDay: Int64 = 86_400

    static func text(_ time: Timestamp) -> String {
        let (seconds, nanoseconds) = floorDivision(time.nanoseconds, Duration64.perSecond)
        let (days, secondOfDay) = floorDivision(seconds, secondsPerDay)
        let date = CivilDate(days: days)
        let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { padded($0, 2) }
        var fraction = nanoseconds == 0 ? "" : "." + padded(nanoseconds, 9)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
            + clock.joined(separator: ":") + fraction + "Z"
    }

    /// nil for anything that is not such a text, no date of the calendar, or beyond the type's range.
    static func time(_ text: String) -> Timestamp? {
        let characters = Array(text.utf8)
        guard characters.count >= 20, characters.last == ASCII.upperZ,
            characters[4] == ASCII.minus, characters[7] == ASCII.minus, characters[10] == ASCII.upperT,
            characters[13] == ASCII.colon, characters[16] == ASCII.colon,
            let year = number(characters[0..<4]), let month = number(characters[5..<7]),
            let day = number(characters[8..<10]), let hour = number(characters[11..<13]),
            let minute = number(characters[14..<16]), let second = number(characters[17..<19]),
            let nanoseconds = fraction(characters[19..<(characters.count - 1)]),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.days * secondsPerDay + hour * 3600 + minute * 60 + second
        // Wide, because the first second of the range begins below it.
        let total = Int128(seconds) * Int128(Duration64.perSecond) + Int128(nanoseconds)
        return Int64(exactly: total).map { Timestamp($0) }
    }

    /// Nanoseconds of a point and one to nine digits; 0 of nothing.
    private static func fraction(_ characters: ArraySlice<UInt8>) -> Int64? {
        guard let first = characters.first else { return 0 }
        let digits = characters.dropFirst()
        guard first == ASCII.point, (1...9).contains(digits.count) else { return nil }
        return number(digits + Array(repeating: ASCII.zero, count: 9 - digits.count))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy(ASCII.digits.contains) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - ASCII.zero) }
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Quotient towards minus infinity, so that the remainder is never negative.
func floorDivision(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}
