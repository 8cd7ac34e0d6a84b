// Elementary functions over MK_TOGETHER vectors, included once per variant with MK(name) giving the suffixed name.
// Every function is written as the sequence of operations that docs/margin-model.md §11 fixes; no libm, no contraction.

// 1.5·2^52: adding and subtracting it rounds to an integer, half to even.
#define MK_MAGIC 6755399441055744.0

// The nearest integer, half to even, exact for |x| < 2^51.
MK_INLINE mk_vector MK(nearest)(mk_vector x) { return (x + MK_MAGIC) - MK_MAGIC; }

MK_INLINE mk_vector MK(larger)(mk_vector a, mk_vector b) { return a > b ? a : b; }
MK_INLINE mk_vector MK(smaller)(mk_vector a, mk_vector b) { return a < b ? a : b; }
MK_INLINE mk_vector MK(magnitude)(mk_vector x) {
    return __builtin_bit_cast(mk_vector, __builtin_bit_cast(mk_bits, x) & INT64_MAX);
}

// Upwards to an integer, for x ≥ 0. Numbers of 2^52 and more are integers already.
MK_INLINE mk_vector MK(upwards)(mk_vector x) {
    const double unit = 4503599627370496.0;
    mk_vector n = (x + unit) - unit;
    mk_vector up = n < x ? n + 1.0 : n;
    return x < unit ? up : x;
}

// Below −690 the argument counts as that: what follows from it then never meets slow subnormal numbers.
// e^x = 2^n e^r, |r| ≤ ln 2 / 2. ln 2 comes in two parts, of which n times the first is exact. The polynomial is a fit
// at Chebyshev nodes with 50 digits, relative error 1.7e-17.
MK_INLINE void MK(exponentials)(mk_vector *x) {
    mk_vector shifted[MK_TOGETHER], r[MK_TOGETHER], r2[MK_TOGETHER], low[MK_TOGETHER], high[MK_TOGETHER];
    MK_EACH {
        mk_vector bounded = x[k] < -690.0 ? -690.0 : x[k];
        x[k] = bounded > 709.0 ? 709.0 : bounded;
    }
    MK_EACH shifted[k] = x[k] * 1.4426950408889634 + MK_MAGIC;
    MK_EACH {
        mk_vector n = shifted[k] - MK_MAGIC;
        r[k] = (x[k] - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
    }
    MK_EACH r2[k] = r[k] * r[k];
    MK_EACH low[k] = (1.0 + r[k]) + (0.5 + 0.16666666666666667453 * r[k]) * r2[k];
    MK_EACH {
        mk_vector a2 = 0.041666666666624127873 + 0.0083333333333300618325 * r[k];
        mk_vector a3 = 0.0013888888917213716901 + 0.00019841269863053616878 * r[k];
        low[k] += (a2 + a3 * r2[k]) * (r2[k] * r2[k]);
    }
    MK_EACH {
        mk_vector a4 = 0.000024801521295954375131 + 2.7557268459997064772e-6 * r[k];
        mk_vector a5 = 2.7620088445409748161e-7 + 2.5100385495510319078e-8 * r[k];
        mk_vector r4 = r2[k] * r2[k];
        high[k] = (a4 + a5 * r2[k]) * (r4 * r4);
    }
    // n stands in the low bits of `shifted`; adding it to the exponent of the polynomial multiplies by 2^n.
    MK_EACH x[k] = __builtin_bit_cast(mk_vector, __builtin_bit_cast(mk_bits, low[k] + high[k]) +
                                                     (__builtin_bit_cast(mk_bits, shifted[k]) << 52));
}

// ln x = k ln 2 + ln m with √½ ≤ m < √2, and ln m = 2 artanh((m − 1)/(m + 1)) by its series.
MK_INLINE mk_vector MK(logarithm)(mk_vector x) {
    mk_bits bits = __builtin_bit_cast(mk_bits, x);
    mk_bits k = (bits - 0x3fe6a09e667f3bcdLL) >> 52;
    mk_vector m = __builtin_bit_cast(mk_vector, bits - (k << 52));
    mk_vector kd = __builtin_bit_cast(mk_vector, k + __builtin_bit_cast(int64_t, MK_MAGIC)) - MK_MAGIC;
    mk_vector f = m - 1.0;
    mk_vector s = f / (2.0 + f);
    mk_vector z = s * s;
    mk_vector series = 2.0 / 23;
    series = series * z + 2.0 / 21;
    series = series * z + 2.0 / 19;
    series = series * z + 2.0 / 17;
    series = series * z + 2.0 / 15;
    series = series * z + 2.0 / 13;
    series = series * z + 2.0 / 11;
    series = series * z + 2.0 / 9;
    series = series * z + 2.0 / 7;
    series = series * z + 2.0 / 5;
    series = series * z + 2.0 / 3;
    mk_vector rest = z * series;
    mk_vector half = (0.5 * f) * f;
    return kd * 0x1.62e42feep-1 - ((half - (s * (half + rest) + kd * 0x1.a39ef35793c76p-33)) - f);
}

// N(−z) = exp(−z²/2)·p/q for z ≥ 0: a rational fit of degree 8 over 9, made with 50 digits. All coefficients are
// positive, so nothing cancels. Relative error 4e-17 at 0, rising to 1.2e-13 at 6 and beyond.
MK_INLINE void MK(tails)(const mk_vector *z, mk_vector *p, mk_vector *q) {
    static const double numerator[] = {0.00013719279043812734, 0.0016228103868685775, 0.011917848564893353,
                                       0.05913544374465545,    0.2029239243233846,    0.47245167384349096,
                                       0.6905298889875444,     0.5};
    static const double denominator[] = {0.0003438913283980596, 0.004081758090390783, 0.030217509822486558,
                                         0.15227034358003375,   0.5378418955108081,   1.3244777606523238,
                                         2.1834493944464506,    2.178944338777962};
    MK_EACH p[k] = 5.575516312699096e-06;
    MK_EACH q[k] = 1.3975746830001981e-05;
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
        MK_EACH p[k] = p[k] * z[k] + numerator[i];
        MK_EACH q[k] = q[k] * z[k] + denominator[i];
    }
    MK_EACH q[k] = q[k] * z[k] + 1.0;
}
