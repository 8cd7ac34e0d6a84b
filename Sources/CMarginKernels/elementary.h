// Elementary functions over a vector, included once per variant with MK(name) giving the suffixed name.
// Every function is written as the sequence of operations that docs/margin-model.md §11 fixes; no libm, and a product
// and a sum are one fused operation where it says so, nowhere else.

// 1.5·2^52: adding and subtracting it rounds to an integer, half to even.
#define MK_MAGIC 6755399441055744.0

// a·b + c, rounded once.
MK_INLINE mk_vector MK(fused)(mk_vector a, mk_vector b, mk_vector c) { return __builtin_elementwise_fma(a, b, c); }

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

// e^x = 2^n e^r, |r| ≤ ln 2 / 2, for x ≤ 709. ln 2 comes in two parts, of which n times the first is exact. The
// polynomial is a fit at Chebyshev nodes with 50 digits, relative error 1.7e-17. Below −690 the argument counts as that:
// what follows from it then never meets slow subnormal numbers.
MK_INLINE mk_vector MK(exponential)(mk_vector x) {
    x = x < -690.0 ? -690.0 : x;
    mk_vector shifted = MK(fused)(x, 1.4426950408889634, MK_MAGIC);
    mk_vector n = shifted - MK_MAGIC;
    mk_vector r = MK(fused)(n, -0x1.a39ef35793c76p-33, MK(fused)(n, -0x1.62e42feep-1, x));
    mk_vector r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
    mk_vector a0 = 1.0 + r;
    mk_vector a1 = MK(fused)(0.16666666666666667453, r, 0.5);
    mk_vector a2 = MK(fused)(0.0083333333333300618325, r, 0.041666666666624127873);
    mk_vector a3 = MK(fused)(0.00019841269863053616878, r, 0.0013888888917213716901);
    mk_vector a4 = MK(fused)(2.7557268459997064772e-6, r, 0.000024801521295954375131);
    mk_vector a5 = MK(fused)(2.5100385495510319078e-8, r, 2.7620088445409748161e-7);
    mk_vector low = MK(fused)(MK(fused)(a3, r2, a2), r4, MK(fused)(a1, r2, a0));
    mk_vector p = MK(fused)(MK(fused)(a5, r2, a4), r8, low);
    // n stands in the low bits of `shifted`; adding it to the exponent of p multiplies by 2^n.
    return __builtin_bit_cast(mk_vector,
                              __builtin_bit_cast(mk_bits, p) + (__builtin_bit_cast(mk_bits, shifted) << 52));
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
    series = MK(fused)(series, z, 2.0 / 21);
    series = MK(fused)(series, z, 2.0 / 19);
    series = MK(fused)(series, z, 2.0 / 17);
    series = MK(fused)(series, z, 2.0 / 15);
    series = MK(fused)(series, z, 2.0 / 13);
    series = MK(fused)(series, z, 2.0 / 11);
    series = MK(fused)(series, z, 2.0 / 9);
    series = MK(fused)(series, z, 2.0 / 7);
    series = MK(fused)(series, z, 2.0 / 5);
    series = MK(fused)(series, z, 2.0 / 3);
    mk_vector rest = z * series;
    mk_vector half = (0.5 * f) * f;
    return kd * 0x1.62e42feep-1 - ((half - (s * (half + rest) + kd * 0x1.a39ef35793c76p-33)) - f);
}

// N(−z) = exp(−z²/2)·p/q for z ≥ 0: a rational fit of degree 7 over 8, made with 50 digits. All coefficients are
// positive, so nothing cancels. Relative error 5e-16 up to ½, rising smoothly to 1.3e-11 at 7, nowhere more: then the value
// of an option is right to 1e-12 of the forward even where σ√τ is 11. Even and odd powers apart: half as long a chain of
// dependent operations.
MK_INLINE void MK(tail)(mk_vector z, mk_vector *numerator, mk_vector *denominator) {
    mk_vector y = z * z;
    mk_vector pe = MK(fused)(0.0005885152033783997, y, 0.03619067310421375);
    mk_vector po = MK(fused)(2.7769854033037006e-05, y, 0.005916478792997522);
    mk_vector qe = MK(fused)(6.960870190903852e-05, y, 0.014900026156312272);
    mk_vector qo = MK(fused)(0.0014751887691834787, y, 0.09219161297407319);
    pe = MK(fused)(pe, y, 0.3822764880198925);
    po = MK(fused)(po, y, 0.1450365170822572);
    qe = MK(fused)(qe, y, 0.37824673394975256);
    qo = MK(fused)(qo, y, 1.0459487159865148);
    pe = MK(fused)(pe, y, 0.5);
    po = MK(fused)(po, y, 0.6215228457463753);
    qe = MK(fused)(qe, y, 1.8929797140241176);
    qo = MK(fused)(qo, y, 2.0409302522955612);
    qe = MK(fused)(qe, y, 1.0);
    *numerator = MK(fused)(po, z, pe);
    *denominator = MK(fused)(qo, z, qe);
}

// The largest and the smallest of eight.
MK_INLINE double MK(largest_lane)(mk_vector x) {
    x = MK(larger)(x, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3));
    x = MK(larger)(x, __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5));
    x = MK(larger)(x, __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6));
    return x[0];
}

MK_INLINE double MK(smallest_lane)(mk_vector x) {
    x = MK(smaller)(x, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3));
    x = MK(smaller)(x, __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5));
    x = MK(smaller)(x, __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6));
    return x[0];
}
