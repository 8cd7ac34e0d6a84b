import MarginDomain
import MarginModel
import Testing

/// Closes of days, as section 9 of the rules has them.
@Suite struct DailyClosesTests {
    private let coin = AssetID(10)

    private static func time(_ day: Int64, _ second: Int64) -> Timestamp {
        Timestamp((day * 86_400 + second) * 1_000_000_000)
    }

    private func closes(_ prices: [(day: Int64, second: Int64, ticks: Int64)]) -> [Int64] {
        var closes = DailyCloses()
        for price in prices {
            _ = closes.note(Price(price.ticks), of: coin, published: Self.time(price.day, price.second))
        }
        return closes.closes(of: coin).map(\.price.ticks)
    }

    @Test func `the last price before midnight is the close, and today has none yet`() {
        #expect(closes([(5, 0, 100), (5, 86_399, 101), (6, 0, 102), (6, 1, 103)]) == [101])
    }

    @Test func `a day without a price closes where the day before did`() {
        #expect(closes([(5, 1, 100), (8, 1, 103)]) == [100, 100, 100])
    }

    @Test func `a coin's price ends the day of all, and a late one changes it`() {
        var closes = DailyCloses()

        let first = closes.note(Price(1), of: coin, published: Self.time(5, 1))
        let other = closes.note(Price(7), of: AssetID(11), published: Self.time(6, 1))
        let late = closes.note(Price(2), of: coin, published: Self.time(5, 2))
        let same = closes.note(Price(2), of: coin, published: Self.time(5, 3))
        let today = closes.note(Price(8), of: AssetID(11), published: Self.time(6, 2))

        #expect([first, other, late, same, today] == [true, true, true, false, false])
        #expect(closes.closes(of: coin).map(\.price) == [Price(2)])
        #expect(closes.closes(of: AssetID(11)).isEmpty)
    }

    @Test func `only the latest closes are kept, also when a price comes from the far future`() {
        let limit = EngineLimits.dailyClosesMax
        let long = closes((0..<Int64(limit + 50)).map { ($0, 0, $0 + 1) })
        #expect(long == (49..<Int64(limit + 49)).map { $0 + 1 })

        #expect(closes([(5, 1, 100), (100_000, 1, 200)]) == Array(repeating: 100, count: limit))
    }

    @Test func `an index closes like a price, and its days are those of prices`() {
        var closes = DailyCloses()
        func index(_ day: Int64, _ second: Int64, _ billionths: Int64, tenor: UInt16 = 30) -> Bool {
            closes.note(
                VolatilityIndex(
                    underlying: coin, tenorDays: tenor, volatility: Volatility(billionths),
                    publishTime: Self.time(day, second)))
        }

        let first = index(5, 1, 500)
        #expect(closes.volatilities(of: coin).isEmpty && closes.today == 5)
        let same = index(5, 2, 600)
        let price = closes.note(Price(1), of: coin, published: Self.time(8, 1))
        let late = index(6, 1, 700)

        #expect([first, same, price, late] == [true, false, true, true])
        #expect(closes.volatilities(of: coin).map(\.tenorDays) == [30])
        #expect(closes.volatilities(of: coin).first?.closes.map(\.billionths) == [600, 700, 700])
        #expect(closes.closes(of: coin).isEmpty && closes.count(of: coin, tenorDays: 30) == 3)
        #expect(closes.publishTime(of: coin, tenorDays: 30) == Self.time(6, 1))
    }

    @Test func `a tenor that would cost another dates does not count, and both are kept`() {
        var closes = DailyCloses()
        func index(_ day: Int64, tenor: UInt16) {
            _ = closes.note(
                VolatilityIndex(
                    underlying: coin, tenorDays: tenor, volatility: Volatility(day), publishTime: Self.time(day, 1)))
        }

        for day in 1...4 as ClosedRange<Int64> { index(day, tenor: 30) }
        for day in 2...4 as ClosedRange<Int64> { index(day, tenor: 7) }
        let younger = closes.volatilities(of: coin).map(\.tenorDays)
        // One that is as old, and one that is older than the engine looks back.
        index(1, tenor: 90)
        let asOld = closes.volatilities(of: coin).map(\.tenorDays)
        _ = closes.note(Price(1), of: coin, published: Self.time(5000, 0))

        #expect(younger == [30] && asOld == [30, 90])
        #expect(closes.indices(of: coin).map(\.tenorDays) == [7, 30, 90])
        #expect(closes.indices(of: coin).map(\.volatility.billionths) == [4, 4, 1])
        #expect(closes.volatilities(of: coin).map(\.tenorDays) == [7, 30, 90])
        #expect(closes.volatilities(of: coin).allSatisfy { $0.closes.count == EngineLimits.dailyClosesMax })
    }

    @Test func `days before 1970 and dates are what they are`() {
        #expect(Timestamp(-1).day == -1 && Timestamp(0).day == 0 && Timestamp(.min).day == -106_752)
        #expect(CivilDate(day: 0).description == "1970-01-01")
        #expect(
            CivilDate(day: 20_513).description == "2026-03-01" && CivilDate(day: 19_782).description == "2024-02-29")
        #expect(CivilDate(day: -1).description == "1969-12-31" && CivilDate(day: 11_016).description == "2000-02-29")
    }
}
