// What an option's amounts do when the market moves a little, included once per variant: tangents at the market, and
// bounds of what tangents leave out inside a box around it. docs/safe-regions.md derives them; CMarginKernels.h says
// where they lie. A bound may be too large, never too small: what rounds on the way rounds upwards.

MK_INLINE double MK(smaller_of)(double a, double b) { return a < b ? a : b; }
MK_INLINE double MK(larger_of)(double a, double b) { return a > b ? a : b; }

// Floats hold 24 bits; a bound takes one unit more than the nearest.
MK_INLINE mk_floats MK(floats_above)(mk_vector x) { return __builtin_convertvector(x * (1.0 + 0x1p-22), mk_floats); }

MK_INLINE mk_floats MK(floats_nearest)(mk_vector x) { return __builtin_convertvector(x, mk_floats); }

MK_INLINE double MK(shaped)(const mk_expiry *expiry, double volatility, int shape) {
    const double sigma = volatility * expiry->shape[shape];
    return (shape == 1 || shape == 2) && sigma < expiry->floor ? expiry->floor : sigma;
}

// S·dA/dS of one option under one set of moves and one shape, the forward moving along: quanta of a lot.
MK_INLINE mk_vector MK(tangent_set)(const MK(expiry) *under, const mk_option *option, double log_moneyness, int set,
                                    double deviation) {
    const MK(terms) terms = {(mk_vector)option->strike, (mk_vector)(1.0 / option->strike), (mk_vector)(double)option->sign, 1};
    const mk_vector money = option->is_inverse ? under->coin_factor[set] : (mk_vector)under->at.discount;
    mk_vector exercise;
    MK(black)(terms, under->forward[set], log_moneyness + under->log_ratio[set], MK(width_of)((mk_vector)deviation), &exercise);
    return (money * under->forward[set]) * (option->sign * option->scale * exercise);
}

// Node 0 of all shapes: lanes 0…4.
MK_INLINE mk_vector MK(tangent_centre)(const MK(expiry) *under, const mk_option *option, double log_moneyness,
                                       const double *deviations) {
    const MK(terms) terms = {(mk_vector)option->strike, (mk_vector)(1.0 / option->strike), (mk_vector)(double)option->sign, 1};
    const mk_expiry *at = &under->at;
    const double money = option->is_inverse ? at->spot / at->forward : at->discount;
    mk_vector deviation = {deviations[0], deviations[1], deviations[2], deviations[3], deviations[4], 1, 1, 1}, exercise;
    MK(black)(terms, (mk_vector)at->forward, (mk_vector)log_moneyness, MK(width_of)(deviation), &exercise);
    return (money * at->forward) * (option->sign * option->scale * exercise);
}

static void MK(tangents)(const mk_vector *grid, const mk_expiry *expiry, const mk_option *options, int32_t count,
                         mk_floats *tangents, mk_floats *halves) {
    _Alignas(64) MK(expiry) under;
    MK(prepare)(grid, expiry, &under);
    for (int32_t i = 0; i < count; i++) {
        const mk_option *option = options + i;
        mk_floats *row = tangents + (int64_t)option->row * mk_tangent_vectors;
        mk_floats *half = halves ? halves + (int64_t)option->row * mk_half_vectors : 0;
        const double log_moneyness = MK(logarithm)((mk_vector)(expiry->forward / option->strike))[0];
        double deviations[mk_shapes];
        for (int v = 0; v < mk_shapes; v++) deviations[v] = MK(shaped)(expiry, option->volatility, v) * expiry->root_time;
        mk_vector centre = MK(tangent_centre)(&under, option, log_moneyness, deviations);
        const double value = centre[0];
        for (int v = 0; v < mk_shapes; v++) {
            if (expiry->steep_is_flat && (v == 2 || v == 4)) {
                row[v] = row[v - 1];
                if (half) half[v] = half[v - 1];
                if (v == 2) row[mk_tail_steep] = row[mk_tail_flat];
                continue;
            }
            row[v] = MK(floats_nearest)(MK(tangent_set)(&under, option, log_moneyness, 0, deviations[v]) - value);
            if (half) half[v] = MK(floats_nearest)(MK(tangent_set)(&under, option, log_moneyness, 2, deviations[v]) - value);
            if (v == 1 || v == 2) {
                const mk_vector whole = MK(tangent_set)(&under, option, log_moneyness, 1, deviations[v]) - value;
                row[mk_tail_flat + v - 1] = MK(floats_nearest)(under.damping * whole);
            }
        }
        centre -= value;
        centre[mk_centre_value] = value;
        centre[6] = centre[7] = 0.0;
        row[mk_centre] = MK(floats_nearest)(centre);
    }
}

// Bounds of one set of moves under one shape, anywhere in the box.
typedef struct {
    // What the tangent of any market of the box leaves out, of the relative move's square; change of the amount for a unit
    // of the box's width; |S·dA/dS|; the amount; φ(d₁) and the |d₁| that it belongs to.
    mk_vector second, width, slope, amount, density, least;
} MK(bound);

// The box of one option's discounted forward: discounts move with time as well.
MK_INLINE mk_box MK(discounted)(const mk_box *box) {
    mk_box discounted = *box;
    const mk_vector carried = box->carry * MK(logarithm)((mk_vector)box->widest);
    discounted.stretch *= MK(exponential)(carried)[0];
    return discounted;
}

MK_INLINE MK(bound) MK(bound_of)(const mk_box *box, const mk_option *option, mk_vector money, mk_vector forward,
                                 mk_vector log_moneyness, double low, double high) {
    const mk_vector zero = 0.0, from = log_moneyness - box->reach, to = log_moneyness + box->reach;
    const mk_vector least = (from > 0.0 ? from / high : from / low) + 0.5 * low;
    const mk_vector greatest = (to > 0.0 ? to / low : to / high) + 0.5 * high;
    MK(bound) bound;
    bound.least = MK(larger)(zero, MK(larger)(least, -greatest));
    bound.density = 0.3989422804014328 * MK(exponential)(-0.5 * (bound.least * bound.least));
    const mk_vector size = (money * forward) * (box->stretch * option->scale);
    // Of ½·F₁·φ/sd at most √(F₁/F₂) times as much is left out on the way to F₂, which is within one more stretch.
    bound.second = size * bound.density * (0.5 * box->stretch / low);
    const mk_vector vega = size * bound.density * high;
    // N(z) ≤ ½·exp(−z²/2) for z < 0.
    const mk_vector z1 = option->sign > 0 ? greatest : -least, z2 = high - least;
    const mk_vector n1 = z1 < 0.0 ? 0.5 * MK(exponential)(-0.5 * (z1 * z1)) : (mk_vector)1.0;
    const mk_vector n2 = z2 < 0.0 ? 0.5 * MK(exponential)(-0.5 * (z2 * z2)) : (mk_vector)1.0;
    bound.slope = size * n1;
    bound.amount = option->sign > 0 ? bound.slope : money * (option->strike * box->stretch * option->scale) * n2;
    const mk_vector basis = option->is_inverse ? bound.slope + bound.amount : bound.slope;
    bound.width = vega + basis * box->basis + bound.amount * box->carry;
    return bound;
}

// Largest |z|·φ(z) and z²·φ(z) at |z| ≥ least.
MK_INLINE double MK(peak)(MK(bound) bound) {
    return bound.least[0] > 1.0 ? bound.density[0] * bound.least[0] : 0.2419707245191434;
}

MK_INLINE double MK(second_peak)(MK(bound) bound) {
    const double least = bound.least[0];
    return least > 1.4142135623730952 ? bound.density[0] * (least * least) : 0.2935253263474799;
}

// Charges of one option, for a unit of its lots: how they may move with spot, and with the box's width.
MK_INLINE void MK(bound_charges)(const mk_expiry *expiry, const mk_box *box, const mk_option *option, MK(bound) centre,
                                 double log_moneyness, double deviation, mk_vector *second, mk_vector *width) {
    const double money = option->is_inverse ? expiry->spot / expiry->forward : expiry->discount;
    const double size = money * expiry->forward * box->stretch * option->scale, high = deviation * box->widest;
    // Φ and Δ: their size, what they move by with spot, and with the volatility.
    const double phi = centre.slope[0] + centre.amount[0];
    const double slope = centre.slope[0] + size * centre.density[0] * (box->widest / deviation);
    const double turn = size * (MK(peak)(centre) + 2.0 * centre.density[0] * high);
    const double lean = turn + slope * box->basis;
    // The rotations of volatility, whose tilt moves with moneyness, and gets steeper with time. Near the money it is small,
    // and far from it does not move.
    const double from_money = log_moneyness < 0 ? -log_moneyness : log_moneyness, width_of_tilt = expiry->skew_width;
    const double steepness = expiry->skew_cap * box->widest / width_of_tilt;
    const double cap = MK(smaller_of)(expiry->skew_cap, steepness * (from_money + box->reach)), rest = 1.0 - cap;
    const double lever = from_money - box->reach > width_of_tilt ? 0.0 : steepness;
    const double low = deviation / box->widest * rest, far = high * (1.0 + cap);
    MK(bound) tilted = MK(bound_of)(box, option, (mk_vector)money, (mk_vector)expiry->forward, (mk_vector)log_moneyness, low, far);
    const double span = -MK(logarithm)((mk_vector)rest)[0], vega = size * tilted.density[0] * far;
    const double gap = size * (MK(peak)(tilted) + tilted.density[0] * far) * span;
    const double skew = gap + vega * (lever / rest);
    // With the volatility a rotation moves by the difference of two vegas, and with time its tilt does.
    const double bent = size * far * (tilted.density[0] + MK(second_peak)(tilted) + MK(peak)(tilted) * far) * span;
    const double turned = MK(smaller_of)(bent, 2.0 * vega) + vega * (cap / rest);
    // Tangents are floats, and so are their sums.
    const double rounding = size * 0x1p-12;
    (*second)[mk_bound_charges] = box->rate * slope + skew + rounding;
    (*second)[mk_bound_delta] = slope;
    (*width)[mk_bound_charges] = box->rate * (lean + phi * (box->basis + box->carry)) + 2.0 * box->rate_time * phi
                  + turned + box->basis * skew + (box->basis + box->carry) * vega * span;
    (*width)[mk_bound_delta] = lean + centre.slope[0] * box->carry;
}

static void MK(bounds)(const mk_vector *grid, const mk_expiry *expiry, const mk_option *options, int32_t count,
                       const mk_box *around, mk_floats *bounds, mk_floats *halves) {
    _Alignas(64) MK(expiry) under;
    const mk_box within = MK(discounted)(around), *box = &within;
    MK(prepare)(grid, expiry, &under);
    for (int32_t i = 0; i < count; i++) {
        const mk_option *option = options + i;
        mk_floats *row = bounds + (int64_t)option->row * mk_bound_vectors, *wide = row + mk_tangent_vectors;
        mk_floats *half = halves ? halves + (int64_t)option->row * 2 * mk_half_vectors : 0;
        const double log_moneyness = MK(logarithm)((mk_vector)(expiry->forward / option->strike))[0];
        const double money = option->is_inverse ? expiry->spot / expiry->forward : expiry->discount;
        mk_vector second = 0.0, width = 0.0;
        MK(bound) centre = {0};
        // Under the null move first: the damped tails need it.
        for (int v = 0; v < mk_shapes; v++) {
            const double deviation = MK(shaped)(expiry, option->volatility, v) * expiry->root_time;
            MK(bound) at = MK(bound_of)(box, option, (mk_vector)money, (mk_vector)expiry->forward,
                                        (mk_vector)log_moneyness, deviation / box->widest, deviation * box->widest);
            if (v == 0) centre = at;
            second[v] = at.second[0];
            width[v] = at.width[0];
        }
        second[mk_centre_value] = second[0];
        width[mk_centre_value] = width[0];
        for (int set = 0; set < (half ? 3 : 2); set++) {
            const mk_vector m = option->is_inverse ? under.coin_factor[set] : (mk_vector)expiry->discount;
            for (int v = set == 1 ? 1 : 0; v < (set == 1 ? 3 : mk_shapes); v++) {
                const double deviation = MK(shaped)(expiry, option->volatility, v) * expiry->root_time;
                MK(bound) at = MK(bound_of)(box, option, m, under.forward[set], log_moneyness + under.log_ratio[set],
                                            deviation / box->widest, deviation * box->widest);
                if (set == 1) {
                    at.second = under.damping * at.second + (1.0 - under.damping) * second[0];
                    at.width = under.damping * at.width + (1.0 - under.damping) * width[0];
                }
                mk_floats *to = set == 2 ? half + v : row + (set == 1 ? mk_tail_flat + v - 1 : v);
                mk_floats *to_wide = set == 2 ? half + mk_half_vectors + v : wide + (set == 1 ? mk_tail_flat + v - 1 : v);
                *to = MK(floats_above)(at.second);
                *to_wide = MK(floats_above)(at.width);
            }
        }
        const double deviation = option->volatility * expiry->root_time;
        MK(bound_charges)(expiry, box, option, centre, log_moneyness, deviation, &second, &width);
        row[mk_centre] = MK(floats_above)(second);
        wide[mk_centre] = MK(floats_above)(width);
    }
}
