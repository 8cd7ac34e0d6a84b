// Rows of the options of one expiry, included once per variant. See CMarginKernels.h for the layout of a row.
//
// Eight options at a time. What stands at node 0 (the shapes, the rotations, the value and its derivatives) is computed
// with an option in each lane; then, option by option, the other nodes with a node in each lane.

// Eight options, one in each lane.
typedef struct {
    mk_vector strike, inverse_strike, sign, sigma, scale, factor, log_moneyness, log_inverse;
    // Standard deviations by shape.
    MK(width) width[mk_shapes];
    // Null-move value in dollars; then quanta of it, of Φ, Δ, the fee and spot.
    mk_vector value, quanta, phi, delta, fee, base;
    // Gains at node 0, and of the rotations.
    mk_vector centre[mk_shapes], rotation[4];
    // Largest magnitude so far, and the largest amount at node 0.
    mk_vector largest, amount;
} MK(chunk);

MK_INLINE void MK(load)(const MK(expiry) *under, const mk_option *options, int count, MK(chunk) *chunk) {
    const mk_expiry *expiry = &under->at;
    // Lanes without an option repeat the first.
    for (int i = 0; i < mk_lanes; i++) {
        const mk_option *option = options + (i < count ? i : 0);
        chunk->strike[i] = option->strike;
        chunk->sigma[i] = option->volatility;
        chunk->scale[i] = option->scale;
        chunk->sign[i] = option->sign;
        chunk->factor[i] = option->is_inverse ? expiry->spot / expiry->forward : expiry->discount;
    }
    chunk->inverse_strike = 1.0 / chunk->strike;
    chunk->log_moneyness = MK(logarithm)(expiry->forward / chunk->strike);
    chunk->log_inverse = MK(logarithm)(chunk->strike / expiry->forward);
}

MK_INLINE mk_vector MK(gain_at_centre)(MK(chunk) *chunk, mk_vector black) {
    mk_vector amount = MK(nearest)((chunk->factor * black) * chunk->scale);
    mk_vector gain = amount - chunk->quanta;
    chunk->amount = MK(larger)(chunk->amount, amount);
    chunk->largest = MK(larger)(chunk->largest, MK(magnitude)(gain));
    return gain;
}

// Node 0: the forward is itself.
MK_INLINE void MK(price_centre)(const MK(expiry) *under, const mk_option *options, int count, MK(chunk) *chunk) {
    const mk_expiry *expiry = &under->at;
    const MK(terms) terms = {chunk->strike, chunk->inverse_strike, chunk->sign, 1};
    const mk_vector forward = expiry->forward;
    mk_vector exercise, unused;
    chunk->width[0] = MK(width_of)(chunk->sigma * expiry->root_time);
    const mk_vector black = MK(black)(terms, forward, chunk->log_moneyness, chunk->width[0], &exercise);
    chunk->value = chunk->factor * black;
    const mk_vector signed_exercise = chunk->sign * exercise;
    const mk_vector linear = (expiry->discount * expiry->forward) * signed_exercise;
    const mk_vector inverse_phi = expiry->spot * (signed_exercise - black / expiry->forward);
    const mk_vector inverse_delta = expiry->spot * signed_exercise;
    mk_vector phi = linear, delta = linear;
    for (int i = 0; i < count; i++) {
        if (options[i].is_inverse) {
            phi[i] = inverse_phi[i];
            delta[i] = inverse_delta[i];
        }
    }
    chunk->quanta = MK(nearest)(chunk->value * chunk->scale);
    chunk->phi = MK(nearest)(phi * chunk->scale);
    chunk->delta = MK(nearest)(delta * chunk->scale);
    chunk->fee = MK(nearest)((expiry->fee_rate * expiry->spot) * chunk->scale);
    chunk->base = MK(nearest)(expiry->spot * chunk->scale);
    chunk->amount = MK(larger)(chunk->quanta, MK(larger)(chunk->fee, chunk->base));
    chunk->amount = MK(larger)(chunk->amount, MK(larger)(MK(magnitude)(chunk->phi), MK(magnitude)(chunk->delta)));
    chunk->largest = chunk->amount;

    chunk->centre[0] = (mk_vector)0.0;
    for (int v = 1; v < mk_shapes; v++) {
        if (expiry->steep_is_flat && (v == 2 || v == 4)) {
            chunk->width[v] = chunk->width[v - 1];
            chunk->centre[v] = chunk->centre[v - 1];
            continue;
        }
        mk_vector sigma = chunk->sigma * expiry->shape[v];
        if (v == 1 || v == 2) sigma = MK(larger)(sigma, (mk_vector)expiry->floor);
        chunk->width[v] = MK(width_of)(sigma * expiry->root_time);
        mk_vector shaped = MK(black)(terms, forward, chunk->log_moneyness, chunk->width[v], &unused);
        chunk->centre[v] = MK(gain_at_centre)(chunk, shaped);
    }

    const mk_vector cap = expiry->skew_cap, k = chunk->log_inverse;
    for (int r = 0; r < 4; r++) {
        mk_vector tilt = (cap * (r < 2 ? k : MK(magnitude)(k))) / expiry->skew_width;
        tilt = tilt > cap ? cap : tilt;
        tilt = tilt < -cap ? -cap : tilt;
        mk_vector sigma = chunk->sigma * (r % 2 == 0 ? 1.0 + tilt : 1.0 - tilt);
        mk_vector rotated = MK(black)(terms, forward, chunk->log_moneyness, MK(width_of)(sigma * expiry->root_time), &unused);
        chunk->rotation[r] = MK(gain_at_centre)(chunk, rotated);
    }
}

// The gains of one option away from node 0: how dollars become quanta, and the extremes so far.
typedef struct {
    MK(terms) terms;
    double scale, value, quanta, log_moneyness;
    int is_inverse;
    mk_vector highest, lowest;
} MK(subject);

// One set of moves under the shapes from `first` on. A steep shape that is flat takes over the vector before it.
MK_INLINE void MK(price_set)(const MK(expiry) *under, const MK(chunk) *chunk, int lane, MK(subject) *subject, int set,
                             int first, int last, mk_vector *out) {
    const mk_vector forward = under->forward[set];
    const mk_vector log_moneyness = subject->log_moneyness + under->log_ratio[set];
    const mk_vector money = subject->is_inverse ? under->coin_factor[set] : (mk_vector)under->at.discount;
    for (int v = first; v <= last; v++) {
        if (under->at.steep_is_flat && (v == 2 || v == 4)) {
            out[v - first] = out[v - first - 1];
            continue;
        }
        const MK(width) width = {(mk_vector)chunk->width[v].deviation[lane], (mk_vector)chunk->width[v].reciprocal[lane],
                                 (mk_vector)chunk->width[v].half[lane]};
        mk_vector unused, stressed = money * MK(black)(subject->terms, forward, log_moneyness, width, &unused);
        if (set == 1) {
            mk_vector damped = subject->value + under->damping * (stressed - subject->value);
            stressed = under->damping == 1.0 ? stressed : damped;
        }
        mk_vector gain = MK(nearest)(stressed * subject->scale) - subject->quanta;
        subject->highest = MK(larger)(subject->highest, gain);
        subject->lowest = MK(smaller)(subject->lowest, gain);
        out[v - first] = gain;
    }
}

MK_INLINE void MK(price_one)(const MK(expiry) *under, const mk_option *option, const MK(chunk) *chunk, int lane,
                             int may_be_nil, mk_vector *row, mk_vector *half) {
    MK(subject) subject = {
        {(mk_vector)chunk->strike[lane], (mk_vector)chunk->inverse_strike[lane], (mk_vector)chunk->sign[lane], may_be_nil},
        option->scale, chunk->value[lane], chunk->quanta[lane], chunk->log_moneyness[lane], option->is_inverse,
        (mk_vector)0.0, (mk_vector)0.0};
    MK(price_set)(under, chunk, lane, &subject, 0, 0, 4, row);
    MK(price_set)(under, chunk, lane, &subject, 1, 1, 2, row + mk_tail_flat);
    if (under->at.half_steps) MK(price_set)(under, chunk, lane, &subject, 2, 0, 4, half);

    double *centre = (double *)(row + mk_centre), *expiry = (double *)(row + mk_expiry_sums);
    for (int v = 0; v < mk_shapes; v++) centre[v] = chunk->centre[v][lane];
    centre[mk_centre_value] = subject.quanta;
    centre[mk_centre_delta] = centre[mk_centre_own_delta] = chunk->delta[lane];
    for (int r = 0; r < 4; r++) expiry[r] = chunk->rotation[r][lane];
    expiry[mk_expiry_phi] = chunk->phi[lane];
    expiry[mk_expiry_calls] = option->sign > 0 ? chunk->base[lane] : 0.0;
    expiry[mk_expiry_puts] = option->sign > 0 ? 0.0 : chunk->base[lane];
    expiry[mk_expiry_puts + 1] = 0.0;

    // An amount is V and its gain: it is within 2^51, where rounding is exact, if both are within 2^50, and is looked at
    // only beyond. Comparisons are false for what is not a number.
    double largest = MK(largest_lane)(MK(larger)(subject.highest, -subject.lowest));
    largest = largest > chunk->largest[lane] ? largest : chunk->largest[lane];
    const double limit = 2251799813685248.0;
    if (!(largest < 0.5 * limit)) {
        const double highest = MK(largest_lane)(subject.highest) + subject.quanta;
        if (!(highest < limit && chunk->amount[lane] < limit && largest < 2.0 * limit)) largest = __builtin_inf();
    }
    const double delta = chunk->delta[lane];
    row[mk_absolute] = (mk_vector){delta < 0 ? -delta : delta, chunk->fee[lane], largest, 0, 0, 0, 0, 0};
}

static void MK(price)(const mk_vector *grid, const mk_expiry *expiry, const mk_option *options, int32_t count,
                      mk_vector *rows, mk_vector *halves) {
    _Alignas(64) MK(expiry) under;
    MK(prepare)(grid, expiry, &under);
    for (int32_t start = 0; start < count; start += mk_lanes) {
        const int some = count - start < mk_lanes ? count - start : mk_lanes;
        _Alignas(64) MK(chunk) chunk;
        MK(load)(&under, options + start, some, &chunk);
        MK(price_centre)(&under, options + start, some, &chunk);
        for (int i = 0; i < some; i++) {
            const mk_option *option = options + start + i;
            mk_vector *row = rows + (int64_t)option->row * mk_row_vectors;
            mk_vector *half = halves ? halves + (int64_t)option->row * mk_half_vectors : 0;
            // Far from nil even under the largest fall, nobody needs to ask for the intrinsic value.
            if (option->volatility * under.least > 1e-11) {
                MK(price_one)(&under, option, &chunk, i, 0, row, half);
            } else {
                MK(price_one)(&under, option, &chunk, i, 1, row, half);
            }
        }
    }
}
