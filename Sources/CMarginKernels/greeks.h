// Value and sensitivities of an option in each lane, included once per variant.

typedef struct {
    mk_vector spot, forward, strike, volatility, years, rate, sign;
} MK(greek_inputs);

typedef struct {
    mk_vector value, delta, gamma, vega, theta, rho, vanna, volga;
} MK(greek_set);

// ln(F/K), relatively accurate also where the two are nearly equal: 2^k·K is the multiple nearest to F, so that F − 2^k·K is
// exact, and ln(F/K) = k ln 2 + 2 artanh((F − 2^k·K)/(F + 2^k·K)). The quotient is needed roughly only.
MK_INLINE mk_vector MK(log_ratio)(mk_vector forward, mk_vector strike, mk_vector inverse_strike) {
    mk_bits k = (__builtin_bit_cast(mk_bits, forward * inverse_strike) - 0x3fe6a09e667f3bcdLL) >> 52;
    mk_vector kd = __builtin_bit_cast(mk_vector, k + __builtin_bit_cast(int64_t, MK_MAGIC)) - MK_MAGIC;
    mk_vector near = __builtin_bit_cast(mk_vector, __builtin_bit_cast(mk_bits, strike) + (k << 52));
    mk_vector s = (forward - near) / (forward + near);
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
    mk_vector rest = MK(fused)(s * z, series, kd * 0x1.a39ef35793c76p-33);
    return MK(fused)(kd, 0x1.62e42feep-1, s + s + rest);
}

// Greeks of Black-76 with F/S constant, in this order of operations: the twin in the tests has the same.
MK_INLINE MK(greek_set) MK(greeks_of)(MK(greek_inputs) in, int is_inverse) {
    const mk_vector zero = 0.0;
    const mk_vector root = __builtin_elementwise_sqrt(in.years);
    const MK(width) width = MK(width_of)(in.volatility * root);
    const MK(terms) terms = {in.strike, 1.0 / in.strike, in.sign, 1};
    const mk_vector log_moneyness = MK(log_ratio)(in.forward, in.strike, terms.inverse_strike);
    mk_vector exercise;
    const mk_vector black = MK(black)(terms, in.forward, log_moneyness, width, &exercise);
    const mk_vector d1 = MK(fused)(log_moneyness, width.reciprocal, width.half);
    const mk_vector d2 = d1 - width.deviation;
    // Linear money is discounted; inverse money is S/F.
    const mk_vector inverse_spot = 1.0 / in.spot;
    const mk_vector money =
        is_inverse ? in.spot / in.forward : MK(exponential)(MK(smaller)(-(in.rate * in.years), (mk_vector)709.0));
    const mk_vector worth = money * in.forward;
    // M·F·φ(d₁); nothing but the value and a delta of 0 or 1 is left of an option without time or volatility.
    const mk_vector alive = width.deviation > 1e-12 ? (mk_vector)0.3989422804014327 : zero;
    const mk_vector dense = worth * (alive * MK(exponential)((d1 * d1) * -0.5));
    MK(greek_set) out;
    out.value = money * black;
    out.delta = worth * (in.sign * exercise) * inverse_spot;
    out.gamma = dense * width.reciprocal * (inverse_spot * inverse_spot);
    out.vega = dense * root * 0.01;
    // −M·F·φ·σ/(2√τ), with σ/√τ = σ²/sd.
    out.theta = dense * (in.volatility * in.volatility) * width.reciprocal * (-0.5 / 365);
    out.rho = zero;
    if (!is_inverse) {
        const mk_vector held = width.deviation > 1e-12 ? out.value : zero;
        out.theta = out.theta + in.rate * held * (1.0 / 365);
        out.rho = -(in.years * held) * 0.01;
    }
    // 1/σ = √τ/sd.
    const mk_vector per_point = root * width.reciprocal * 0.01;
    out.vanna = -(dense * inverse_spot) * d2 * per_point;
    out.volga = out.vega * (d1 * d2) * per_point;
    return out;
}

MK_INLINE mk_vector MK(eight)(const double *from) { return *(const mk_vector *)from; }

// A last few options: lanes without one repeat the first.
MK_INLINE mk_vector MK(some)(const double *from, int count) {
    mk_vector lanes;
    for (int i = 0; i < mk_lanes; i++) lanes[i] = from[i < count ? i : 0];
    return lanes;
}

MK_INLINE void MK(put)(double *to, mk_vector lanes, int count) {
    if (count == mk_lanes) {
        *(mk_vector *)to = lanes;
    } else {
        for (int i = 0; i < count; i++) to[i] = lanes[i];
    }
}

MK_INLINE void MK(greeks_at)(const mk_greek_options *options, int is_inverse, int64_t at, int count,
                             const mk_greek_results *results) {
#define MK_TAKE(name) (count == mk_lanes ? MK(eight)(options->name + at) : MK(some)(options->name + at, count))
    const MK(greek_inputs) in = {MK_TAKE(spot),  MK_TAKE(forward), MK_TAKE(strike), MK_TAKE(volatility),
                                 MK_TAKE(years), MK_TAKE(rate),    MK_TAKE(sign)};
#undef MK_TAKE
    const MK(greek_set) out = MK(greeks_of)(in, is_inverse);
    MK(put)(results->value + at, out.value, count);
    MK(put)(results->delta + at, out.delta, count);
    MK(put)(results->gamma + at, out.gamma, count);
    MK(put)(results->vega + at, out.vega, count);
    MK(put)(results->theta + at, out.theta, count);
    MK(put)(results->rho + at, out.rho, count);
    MK(put)(results->vanna + at, out.vanna, count);
    MK(put)(results->volga + at, out.volga, count);
}

MK_INLINE void MK(greeks_run)(const mk_greek_options *options, int is_inverse, int64_t count,
                              const mk_greek_results *results) {
    int64_t at = 0;
    for (; at + mk_lanes <= count; at += mk_lanes) MK(greeks_at)(options, is_inverse, at, mk_lanes, results);
    if (at < count) MK(greeks_at)(options, is_inverse, at, (int)(count - at), results);
}

static void MK(greeks)(const mk_greek_options *options, int32_t is_inverse, int64_t count,
                       const mk_greek_results *results) {
    if (is_inverse) {
        MK(greeks_run)(options, 1, count, results);
    } else {
        MK(greeks_run)(options, 0, count, results);
    }
}
