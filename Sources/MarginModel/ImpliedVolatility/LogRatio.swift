import CMarginKernels

/// `ln(a/b)` of positive numbers, relatively accurate also where they are nearly equal.
///
/// The quotient near 1 has lost the digits that matter; the difference has not: `ln(a/b) = 2·artanh((a − b)/(a + b))`.
enum LogRatio {
    static func value(_ a: Double, _ b: Double) -> Double {
        let quotient = a / b
        if quotient > 0.8, quotient < 1.25 {
            let s = (a - b) / (a + b)
            let z = s * s
            // Terms beyond are below 2e-18 of the sum.
            var series = 1.0 / 17
            for divisor in [15.0, 13, 11, 9, 7, 5, 3] { series = series * z + 1 / divisor }
            return 2 * (s + s * z * series)
        }
        // The kernel takes normal numbers only.
        let isNormal = quotient >= Double.leastNormalMagnitude && quotient < .infinity
        return isNormal ? mk_logarithm(quotient) : logarithm(a) - logarithm(b)
    }

    /// `ln a`, also of a subnormal number.
    private static func logarithm(_ a: Double) -> Double {
        a >= Double.leastNormalMagnitude ? mk_logarithm(a) : mk_logarithm(a * 0x1p108) - 108 * 0.6931471805599453
    }
}
