/// The elementary functions and the Black-76 value, one number at a time: the Swift twin of `CMarginKernels`.
///
/// Additions, multiplications, fused ones where the page says so, divisions and bit patterns only, in the kernel's order,
/// so that the two agree to the last bit on every processor. Accuracy against multiprecision references is documented beside the kernel.
public enum NaiveBlack76 {
    /// Adding and subtracting 1.5·2⁵² rounds to an integer, half to even, for |x| < 2⁵¹.
    private static let magic = 6_755_399_441_055_744.0

    /// `x` to the nearest integer, half to even; exact for |x| < 2⁵¹.
    public static func nearest(_ x: Double) -> Double { (x + magic) - magic }

    /// `a·b + c`, rounded once.
    private static func fused(_ a: Double, _ b: Double, _ c: Double) -> Double { c.addingProduct(a, b) }

    /// eˣ; arguments below −690 and above 709 count as these.
    public static func exponential(_ x: Double) -> Double {
        var x = x < -690 ? -690 : x
        x = x > 709 ? 709 : x
        // x = n·ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts, the first with trailing zeros so that n times it is exact.
        let shifted = fused(x, 1.4426950408889634, magic)
        let n = shifted - magic
        let r = fused(n, -0x1.a39ef35793c76p-33, fused(n, -0x1.62e42feep-1, x))
        let r2 = r * r
        let r4 = r2 * r2
        let r8 = r4 * r4
        let a0 = 1 + r
        let a1 = fused(0.16666666666666667453, r, 0.5)
        let a2 = fused(0.0083333333333300618325, r, 0.041666666666624127873)
        let a3 = fused(0.00019841269863053616878, r, 0.0013888888917213716901)
        let a4 = fused(2.7557268459997064772e-6, r, 0.000024801521295954375131)
        let a5 = fused(2.5100385495510319078e-8, r, 2.7620088445409748161e-7)
        let low = fused(fused(a3, r2, a2), r4, fused(a1, r2, a0))
        let p = fused(fused(a5, r2, a4), r8, low)
        // BOUNDS: n lies in −1022...1023, so adding it to the exponent of p, which is near 1, stays a normal number.
        return Double(bitPattern: p.bitPattern &+ (shifted.bitPattern << 52))
    }

    /// ln x for positive normal x; exactly 0 at 1.
    public static func logarithm(_ x: Double) -> Double {
        // x = m·2ᵏ with m between √½ and √2.
        let bits = Int64(bitPattern: x.bitPattern)
        // BOUNDS: bit patterns of positive numbers, whose difference fits.
        let k = (bits &- 0x3fe6_a09e_667f_3bcd) >> 52
        let m = Double(bitPattern: UInt64(bitPattern: bits &- (k << 52)))
        let kd = Double(k)
        // ln m = 2·artanh(s), s = (m − 1)/(m + 1), by its series; the leading term f = m − 1 is taken out exactly.
        let f = m - 1
        let s = f / (2 + f)
        let z = s * s
        var series = 2.0 / 23
        for divisor in [21.0, 19, 17, 15, 13, 11, 9, 7, 5, 3] { series = fused(series, z, 2 / divisor) }
        let rest = z * series
        let half = (0.5 * f) * f
        return kd * 0x1.62e42feep-1 - ((half - (s * (half + rest) + kd * 0x1.a39ef35793c76p-33)) - f)
    }

    /// The two polynomials of the tail: N(−z) = exp(−z²/2) · numerator / denominator for z ≥ 0.
    ///
    /// Rational minimax fit of degree 7 over 8, made with 50 digits: relative error 5·10⁻¹⁶ up to ½, 1.3·10⁻¹¹ at most.
    private static func tail(_ z: Double) -> (numerator: Double, denominator: Double) {
        let y = z * z
        var pe = 0.0005885152033783997
        for c in [0.03619067310421375, 0.3822764880198925, 0.5] { pe = fused(pe, y, c) }
        var po = 2.7769854033037006e-05
        for c in [0.005916478792997522, 0.1450365170822572, 0.6215228457463753] { po = fused(po, y, c) }
        var qe = 6.960870190903852e-05
        for c in [0.014900026156312272, 0.37824673394975256, 1.8929797140241176, 1] { qe = fused(qe, y, c) }
        var qo = 0.0014751887691834787
        for c in [0.09219161297407319, 1.0459487159865148, 2.0409302522955612] { qo = fused(qo, y, c) }
        return (fused(po, z, pe), fused(qo, z, qe))
    }

    /// The standard normal distribution function; N(−x) is an evaluation of its own, never 1 − N(x).
    public static func normalCDF(_ x: Double) -> Double {
        let e = exponential((x * x) * -0.5)
        let (p, q) = tail(abs(x))
        let t = (e * p) / q
        return x > 0 ? 1 - t : t
    }

    /// d₁ from ln(F/K) and the standard deviation σ√τ, which must exceed 10⁻¹².
    public static func d1(logMoneyness: Double, deviation: Double) -> Double {
        fused(logMoneyness, 1 / deviation, 0.5 * deviation)
    }

    /// N(d₁) of a call, N(−d₁) of a put; at a deviation of at most 10⁻¹² it is 1 in the money, else 0.
    public static func exerciseMeasure(
        isCall: Bool, forward: Double, strike: Double, logMoneyness: Double, deviation: Double
    ) -> Double {
        guard deviation > 1e-12 else { return (isCall ? forward > strike : strike > forward) ? 1 : 0 }
        return normals(
            isCall: isCall, forward: forward, strike: strike, logMoneyness: logMoneyness, deviation: deviation
        ).n1
    }

    /// The undiscounted Black-76 value, never negative; the intrinsic value at a deviation of at most 10⁻¹².
    ///
    /// `logMoneyness` is ln(forward/strike), given because scenarios add it up from two parts.
    public static func black(
        isCall: Bool, forward: Double, strike: Double, logMoneyness: Double, deviation: Double
    ) -> Double {
        let sign: Double = isCall ? 1 : -1
        guard deviation > 1e-12 else { return positive(sign * (forward - strike)) }
        let (n1, n2) = normals(
            isCall: isCall, forward: forward, strike: strike, logMoneyness: logMoneyness, deviation: deviation)
        return positive(sign * fused(forward, n1, -(strike * n2)))
    }

    /// N(±d₁) and N(±d₂).
    private static func normals(
        isCall: Bool, forward: Double, strike: Double, logMoneyness: Double, deviation: Double
    ) -> (n1: Double, n2: Double) {
        let sign: Double = isCall ? 1 : -1
        let d1 = d1(logMoneyness: logMoneyness, deviation: deviation)
        let d2 = d1 - deviation
        // φ(d₂) = φ(d₁)·F/K: one exponential serves both tails, and the two errors cancel where they meet.
        let e1 = exponential((d1 * d1) * -0.5)
        let e2 = e1 * (forward * (1 / strike))
        let (p1, q1) = tail(abs(d1))
        let (p2, q2) = tail(abs(d2))
        let inverse = 1 / (q1 * q2)
        let t1 = (e1 * p1) * (q2 * inverse)
        let t2 = (e2 * p2) * (q1 * inverse)
        let n1 = sign * d1 > 0 ? 1 - t1 : t1
        let n2 = sign * d2 > 0 ? 1 - t2 : t2
        return (n1, n2)
    }

    private static func positive(_ x: Double) -> Double { x > 0 ? x : 0 }
}
