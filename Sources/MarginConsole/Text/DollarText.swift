public import MarginDomain

/// Amounts as people read them.
public enum DollarText {
    /// Such as `-1,234,567.89`; cents, rounded half away from zero.
    public static func exact(_ value: Value) -> String {
        let cents = rounded(value.quanta.magnitude, to: 10_000)
        let sign = value < .zero && cents > 0 ? "-" : ""
        let (whole, part) = cents.quotientAndRemainder(dividingBy: 100)
        return "\(sign)\(grouped(whole)).\(padded(part, to: 2))"
    }

    /// Such as `-1.23 M`: three to four digits, for tables that must stay narrow.
    public static func short(_ value: Value) -> String {
        let dollars = Double(value.quanta) / Double(Value.perDollar)
        for (size, letter) in [(1e9, " G"), (1e6, " M"), (1e3, " k")] where dollars.magnitude >= size {
            return DecimalText.fixed(dollars / size, places: 2) + letter
        }
        return DecimalText.fixed(dollars, places: 2)
    }

    /// A whole number with commas between thousands.
    public static func grouped(_ number: UInt64) -> String {
        let digits = Array(String(number))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    private static func rounded(_ magnitude: UInt64, to unit: UInt64) -> UInt64 {
        let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: unit)
        return quotient + (remainder * 2 >= unit ? 1 : 0)
    }

    private static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
