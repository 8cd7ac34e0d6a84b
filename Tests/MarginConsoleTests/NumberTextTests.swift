import MarginConsole
import MarginDomain
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0, "0.00"), (1, "0.00"), (5_000, "0.01"), (-4_999, "0.00"), (-5_000, "-0.01"),
        (1_234_567_890_000, "1,234,567.89"),
        (Int64.min, "-9,223,372,036,854.78"), (999_999_999, "1,000.00"),
    ]) func `dollars are grouped and rounded to cents`(quanta: Int64, text: String) {
        #expect(DollarText.exact(Value(quanta)) == text)
    }

    @Test(arguments: [
        (950_000, "0.95"), (1_500_000_000, "1.50 k"), (-2_340_000_000_000, "-2.34 M"),
        (7_000_000_000_000_000, "7.00 G"),
    ]) func `short dollars stay short`(quanta: Int64, text: String) {
        #expect(DollarText.short(Value(quanta)) == text)
    }

    @Test(arguments: [
        (Int64(6_000_050), Int8(-2), "60000.5"), (-5, -3, "-0.005"), (0, -8, "0"), (0, 2, "0"), (12, 1, "120"),
        (100, -2, "1"),
    ]) func `scaled numbers are exact and without trailing zeros`(mantissa: Int64, power: Int8, text: String) {
        #expect(DecimalText.scaled(mantissa, Exponent(power)) == text)
    }

    @Test(arguments: [(0.5, 0, "1"), (-0.04, 1, "0.0"), (2.345, 2, "2.35"), (-12.96, 1, "-13.0")])
    func `fixed numbers round half away from zero`(number: Double, places: Int, text: String) {
        #expect(DecimalText.fixed(number, places: places) == text)
    }

    @Test(arguments: [(12.0, "12 ns"), (1_500, "1.50 µs"), (2_340_000, "2.34 ms"), (3e9, "3.00 s")])
    func `durations take the unit that suits them`(nanoseconds: Double, text: String) {
        #expect(DecimalText.duration(nanoseconds) == text)
    }

    @Test func `a utilisation without limit says so`() {
        #expect(DecimalText.percent(Ratio(.max)) == "no limit")
        #expect(DecimalText.percent(Ratio(917_000_000)) == "91.7 %")
        #expect(DecimalText.move(Ratio(-160_000_000)) == "-16.0 %")
    }

    @Test func `event times show the time of day`() {
        #expect(TimeOfDayText.text(Timestamp(1_772_442_021_400_000_000)) == "09:00:21.400")
        #expect(TimeOfDayText.text(Timestamp(-1)) == "00:00:00.000")
    }

    @Test func `tables align words left and numbers right`() {
        let table = TextTable(
            [.init("pool", .left), .init("equity")], rows: [["a", "1.00"], ["long", "-20.00"], ["b"]])

        #expect(table.lines == ["pool  equity", "a       1.00", "long  -20.00", "b"])
    }
}
