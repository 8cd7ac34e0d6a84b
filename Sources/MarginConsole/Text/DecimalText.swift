public import MarginDomain

/// Numbers that are not money.
public enum DecimalText {
    /// Fixed point, rounded half away from zero; numbers too large for it are written in full.
    public static func fixed(_ number: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (number.magnitude * scale + 0.5)
        guard scaled < 9e15 else { return "\(number)" }
        let units = UInt64(scaled)
        let sign = number < 0 && units > 0 ? "-" : ""
        let (whole, part) = units.quotientAndRemainder(dividingBy: UInt64(scale))
        guard places > 0 else { return "\(sign)\(whole)" }
        let digits = String(part)
        return "\(sign)\(whole)." + String(repeating: "0", count: places - digits.count) + digits
    }

    /// A ratio in per cent, one place; the largest ratio stands for anything larger.
    public static func percent(_ ratio: Ratio) -> String {
        ratio.billionths == .max ? "no limit" : fixed(ratio.fraction * 100, places: 1) + " %"
    }

    /// A spot move in per cent, with its sign.
    public static func move(_ ratio: Ratio) -> String {
        (ratio.billionths > 0 ? "+" : "") + fixed(ratio.fraction * 100, places: 1) + " %"
    }

    /// Ticks or lots at their exponent, exactly, without trailing zeros.
    public static func scaled(_ mantissa: Int64, _ exponent: Exponent) -> String {
        let power = Int(exponent.power)
        let digits = String(mantissa.magnitude)
        let sign = mantissa < 0 ? "-" : ""
        if power >= 0 { return sign + digits + String(repeating: "0", count: mantissa == 0 ? 0 : power) }
        let padded = String(repeating: "0", count: max(0, 1 - power - digits.count)) + digits
        var part = padded.suffix(-power)
        while part.last == "0" { part.removeLast() }
        let whole = padded.dropLast(-power)
        return part.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(part)"
    }

    /// A span of time in the unit that suits it.
    public static func duration(_ nanoseconds: Double) -> String {
        for (size, unit) in [(1e9, "s"), (1e6, "ms"), (1e3, "µs")] where nanoseconds.magnitude >= size {
            return fixed(nanoseconds / size, places: 2) + " " + unit
        }
        return fixed(nanoseconds, places: 0) + " ns"
    }
}
