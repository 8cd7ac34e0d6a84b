import MarginDomain
import Testing

@testable import MarginWire

/// Time stamps as RFC 3339.
@Suite struct TimeTextTests {
    @Test(arguments: [
        (1_760_130_785_123_456_789, "2025-10-10T21:13:05.123456789Z"), (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"), (951_782_400_500_000_000, "2000-02-29T00:00:00.5Z"),
        (Int64.max, "2262-04-11T23:47:16.854775807Z"), (Int64.min, "1677-09-21T00:12:43.145224192Z"),
    ])
    func `a time stamp and its text are the same instant`(nanoseconds: Int64, text: String) {
        #expect(TimeText.text(Timestamp(nanoseconds)) == text)
        #expect(TimeText.time(text) == Timestamp(nanoseconds))
    }

    @Test func `every time stamp survives its text`() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<2_000 {
            let time = Timestamp(Int64.random(in: .min ... .max, using: &random))
            #expect(TimeText.time(TimeText.text(time)) == time)
        }
    }

    @Test func `days follow each other through four centuries`() {
        var previous = CivilDate(days: -1)
        for days in 0..<Int64(146_097) {
            let date = CivilDate(days: days)
            #expect(date.days == days)
            #expect(date.day == previous.day + 1 || date.day == 1 && date.month == previous.month % 12 + 1)
            previous = date
        }
        #expect(CivilDate(days: 146_096) == CivilDate(year: 2369, month: 12, day: 31))
    }

    @Test(arguments: [
        "2025-10-10T21:13:05", "2025-10-10 21:13:05Z", "2025-10-10T21:13:05+00:00", "2025-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2025-04-31T00:00:00Z", "2025-00-10T00:00:00Z",
        "2025-10-10T24:00:00Z", "2025-10-10T23:60:00Z", "2025-10-10T23:59:60Z", "2025-10-10T21:13:05.Z",
        "2025-10-10T21:13:05.1234567890Z", "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z",
        "", "Z", "2025-10-10T21:13:05.1x2Z",
    ])
    func `anything else is no time`(text: String) {
        #expect(TimeText.time(text) == nil)
    }
}
