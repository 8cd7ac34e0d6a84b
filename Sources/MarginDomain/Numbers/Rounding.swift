/// The three ways in which exact numbers meet a coarser grid. Requirements round up, credits down, costs half to even.
public enum Rounding {
    /// `dividend / divisor` towards minus infinity.
    ///
    /// - Precondition: `divisor` is positive.
    public static func down(_ dividend: Int128, dividedBy divisor: Int128) -> Int128 {
        precondition(divisor > 0, "rounding needs a positive divisor")
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// `dividend / divisor` towards plus infinity.
    ///
    /// - Precondition: `divisor` is positive.
    public static func up(_ dividend: Int128, dividedBy divisor: Int128) -> Int128 {
        -down(-dividend, dividedBy: divisor)
    }

    /// `dividend · 10^power / divisor`, ties to the even neighbour; symmetric in the sign of `dividend`.
    ///
    /// - Precondition: `divisor` is positive, and the scaled dividend fits 128 bits.
    public static func halfToEven(_ dividend: Int128, times power: Int, dividedBy divisor: Int128) -> Int128 {
        precondition(divisor > 0, "rounding needs a positive divisor")
        let scaled = dividend * PowerOfTen.integer(power)
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: divisor)
        let doubled = remainder.magnitude * 2
        let isOdd = quotient & 1 != 0
        guard doubled > divisor.magnitude || (doubled == divisor.magnitude && isOdd) else { return quotient }
        return scaled < 0 ? quotient - 1 : quotient + 1
    }

    /// `amount · 10^(from − to)`, towards minus infinity: a credit on a coarser grid.
    public static func down(_ amount: Int128, from: Int, to: Int) -> Int128 {
        from >= to ? amount * PowerOfTen.integer(from - to) : down(amount, dividedBy: PowerOfTen.integer(to - from))
    }

    /// `amount · 10^power`; nil if it does not fit 128 bits.
    ///
    /// - Precondition: `power` is not negative.
    public static func scaled(_ amount: Int128, by power: Int) -> Int128? {
        guard power <= PowerOfTen.powerMax else { return amount == 0 ? 0 : nil }
        let (scaled, overflow) = amount.multipliedReportingOverflow(by: PowerOfTen.integer(power))
        return overflow ? nil : scaled
    }
}
