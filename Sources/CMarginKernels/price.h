// Rows of the options of one expiry, included once per variant. See CMarginKernels.h for the layout of a row.

// An expiry under the moves: the numbers of the header, and for each set of moves F', ln(F'/F), and S'/F' for
// inverse options.
typedef struct {
    mk_expiry at;
    mk_vector forward[3], log_ratio[3], coin_factor[3], damping;
} MK(expiry);

MK_INLINE void MK(prepare)(const mk_vector *grid, const mk_expiry *at, MK(expiry) *expiry) {
    expiry->at = *at;
    expiry->damping = grid[mk_grid_damping];
    for (int set = 0; set < 3; set++) {
        mk_vector forward = at->settled + (at->forward - at->settled) * (1.0 + grid[set]);
        expiry->forward[set] = forward;
        expiry->log_ratio[set] = MK(logarithm)(forward / at->forward);
        expiry->coin_factor[set] = (at->spot * (1.0 + grid[set])) / forward;
    }
}

// Amounts on their way into a row: dollars become quanta, and the extremes are kept.
typedef struct {
    double scale, quanta;
    mk_vector highest, lowest;
} MK(entry);

// Gain of amounts in dollars over the null move, in quanta.
MK_INLINE mk_vector MK(gain)(MK(entry) *entry, mk_vector dollars) {
    mk_vector scaled = dollars * entry->scale;
    entry->highest = MK(larger)(entry->highest, scaled);
    entry->lowest = MK(smaller)(entry->lowest, scaled);
    return MK(nearest)(scaled) - entry->quanta;
}

MK_INLINE double MK(largest_lane)(mk_vector x) {
    x = MK(larger)(x, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3));
    x = MK(larger)(x, __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5));
    x = MK(larger)(x, __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6));
    return x[0];
}

// ε of the skew rotations.
MK_INLINE double MK(rotation)(const mk_expiry *expiry, double k) {
    double part = (expiry->skew_cap * k) / expiry->skew_width;
    part = part > expiry->skew_cap ? expiry->skew_cap : part;
    return part < -expiry->skew_cap ? -expiry->skew_cap : part;
}

// Most vectors that one option needs, and room to fill up the last group.
enum { MK(jobs_max) = 14 + MK_TOGETHER };

// The evaluations of one option: node 0 and the rotations, then the other nodes shape by shape.
typedef struct {
    MK(job) jobs[MK(jobs_max)];
    mk_vector values[MK(jobs_max)];
    // Where the gains of a job go, and its set of moves.
    mk_vector *out[MK(jobs_max)];
    int set[MK(jobs_max)];
    int count, first_node;
} MK(slate);

MK_INLINE void MK(fill)(MK(slate) *slate, const MK(expiry) *under, const mk_option *option, double log_moneyness,
                        double log_inverse, mk_vector *row, mk_vector *half) {
    const mk_expiry *expiry = &under->at;
    const double sigma = option->volatility, root = expiry->root_time, floor = expiry->floor;
    const double *shape = expiry->shape;
    mk_vector shocked = sigma * (mk_vector){shape[0], shape[1], shape[2], shape[3], shape[4], 1.0, 1.0, 1.0};
    shocked = MK(larger)(shocked, (mk_vector){0, floor, floor, 0, 0, 0, 0, 0});
    const double skew = MK(rotation)(expiry, log_inverse);
    const double wing = MK(rotation)(expiry, log_inverse < 0 ? -log_inverse : log_inverse);
    mk_vector rotated = sigma * (mk_vector){1.0 + skew, 1.0 - skew, 1.0 + wing, 1.0 - wing, 1.0, 1.0, 1.0, 1.0};

    // Node 0, where the forward is itself. Where steep and flat coincide, shapes and rotations share a vector.
    MK(job) centre, rotations;
    MK(widen)(&centre, shocked * root);
    MK(widen)(&rotations, rotated * root);
    MK(job) *jobs = slate->jobs;
    jobs[0] = centre;
    slate->count = 1;
    if (expiry->steep_is_flat) {
        jobs[0].deviation =
            __builtin_shufflevector(centre.deviation, rotations.deviation, 0, 1, 1, 3, 8, 9, 10, 11);
        jobs[0].reciprocal =
            __builtin_shufflevector(centre.reciprocal, rotations.reciprocal, 0, 1, 1, 3, 8, 9, 10, 11);
        jobs[0].half = __builtin_shufflevector(centre.half, rotations.half, 0, 1, 1, 3, 8, 9, 10, 11);
    } else {
        jobs[1] = rotations;
        slate->count = 2;
    }
    for (int i = 0; i < slate->count; i++) {
        jobs[i].forward = (mk_vector)expiry->forward;
        jobs[i].log_moneyness = (mk_vector)log_moneyness;
    }

    slate->first_node = slate->count;
    for (int set = 0; set < 3; set++) {
        if (set == 2 && !expiry->half_steps) break;
        mk_vector *out = set == 0 ? row : set == 1 ? row + mk_tail_flat : half;
        const int first = set == 1 ? 1 : 0, last = set == 1 ? 2 : 4;
        for (int v = first; v <= last; v++) {
            if (expiry->steep_is_flat && (v == 2 || v == 4)) continue;
            const int n = slate->count++;
            jobs[n].forward = under->forward[set];
            jobs[n].log_moneyness = log_moneyness + under->log_ratio[set];
            jobs[n].deviation = (mk_vector)centre.deviation[v];
            jobs[n].reciprocal = (mk_vector)centre.reciprocal[v];
            jobs[n].half = (mk_vector)centre.half[v];
            slate->out[n] = out + (v - first);
            slate->set[n] = set;
        }
    }
    for (int i = slate->count; i < slate->count + MK_TOGETHER - 1; i++) jobs[i] = jobs[0];
}

MK_INLINE void MK(price_one)(const MK(expiry) *under, const mk_option *option, double log_moneyness, double log_inverse,
                             double inverse_strike, mk_vector *row, mk_vector *half) {
    const mk_expiry *expiry = &under->at;
    MK(slate) slate;
    MK(fill)(&slate, under, option, log_moneyness, log_inverse, row, half);
    const MK(terms) terms = {option->strike, inverse_strike, option->sign};
    double exercise = 0;
    for (int i = 0; i < slate.count; i += MK_TOGETHER) {
        mk_vector n = MK(black)(terms, slate.jobs + i, slate.values + i);
        if (i == 0) exercise = n[0];
    }
    mk_vector centre = slate.values[0], rotations = slate.values[1];
    if (expiry->steep_is_flat) {
        rotations = __builtin_shufflevector(centre, centre, 4, 5, 6, 7, 0, 0, 0, 0);
        centre = __builtin_shufflevector(centre, centre, 0, 1, 2, 3, 3, 0, 0, 0);
    }

    const double forward = expiry->forward, spot = expiry->spot;
    const double factor = option->is_inverse ? spot / forward : expiry->discount;
    const double black = centre[0], value = factor * black;
    const double signed_exercise = terms.sign * exercise;
    const double phi = option->is_inverse ? spot * (signed_exercise - black / forward)
                                          : (expiry->discount * forward) * signed_exercise;
    const double delta = option->is_inverse ? spot * signed_exercise : phi;

    MK(entry) plain = {option->scale, 0.0, (mk_vector)0.0, (mk_vector)0.0};
    mk_vector numbers =
        MK(gain)(&plain, (mk_vector){value, phi, delta, expiry->fee_rate * spot, spot, 0.0, 0.0, 0.0});
    const double quanta = numbers[0], rounded_delta = numbers[2], fee = numbers[3], base = numbers[4];

    MK(entry) entry = {option->scale, quanta, (mk_vector)0.0, (mk_vector)0.0};
    const mk_vector sums = {quanta, rounded_delta, rounded_delta, 0, 0, 0, 0, 0};
    row[mk_centre] = __builtin_shufflevector(MK(gain)(&entry, factor * centre), sums, 0, 1, 2, 3, 4, 8, 9, 10);
    const mk_vector charged = {numbers[1], terms.sign > 0 ? base : 0.0, terms.sign > 0 ? 0.0 : base, 0, 0, 0, 0, 0};
    row[mk_expiry_sums] =
        __builtin_shufflevector(MK(gain)(&entry, factor * rotations), charged, 0, 1, 2, 3, 8, 9, 10, 11);

    for (int i = slate.first_node; i < slate.count; i++) {
        const int set = slate.set[i];
        mk_vector stressed = (option->is_inverse ? under->coin_factor[set] : (mk_vector)expiry->discount) * slate.values[i];
        if (set == 1) stressed = under->damping == 1.0 ? stressed : value + under->damping * (stressed - value);
        *slate.out[i] = MK(gain)(&entry, stressed);
    }
    if (expiry->steep_is_flat) {
        row[2] = row[1];
        row[4] = row[3];
        row[mk_tail_steep] = row[mk_tail_flat];
        if (expiry->half_steps) {
            half[2] = half[1];
            half[4] = half[3];
        }
    }

    // The largest magnitude among values and gains; gains of integers have their extremes where the amounts have.
    const double high = MK(largest_lane)(MK(nearest)(entry.highest)), low = MK(largest_lane)(MK(nearest)(-entry.lowest));
    double largest = MK(largest_lane)(MK(nearest)(MK(larger)(plain.highest, -plain.lowest)));
    largest = high - quanta > largest ? high - quanta : largest;
    largest = quanta + low > largest ? quanta + low : largest;
    // Rounding is exact below 2^51 only; the comparison is also false for what is not a number.
    const double limit = 2251799813685248.0;
    const int fits = MK(largest_lane)(MK(larger)(entry.highest, -entry.lowest)) < limit &&
                     MK(largest_lane)(MK(larger)(plain.highest, -plain.lowest)) < limit;
    row[mk_absolute] = (mk_vector){rounded_delta < 0 ? -rounded_delta : rounded_delta,
                                   fee,
                                   fits ? largest : __builtin_inf(),
                                   0,
                                   0,
                                   0,
                                   0,
                                   0};
}

static void MK(price)(const mk_vector *grid, const mk_expiry *expiry, const mk_option *options, int32_t count,
                      mk_vector *rows, mk_vector *halves) {
    MK(expiry) under;
    MK(prepare)(grid, expiry, &under);
    for (int32_t start = 0; start < count; start += mk_lanes) {
        const int32_t some = count - start < mk_lanes ? count - start : mk_lanes;
        mk_vector strike = expiry->forward;
        for (int32_t i = 0; i < some; i++) strike[i] = options[start + i].strike;
        mk_vector log_moneyness = MK(logarithm)(expiry->forward / strike);
        mk_vector log_inverse = MK(logarithm)(strike / expiry->forward);
        mk_vector inverse_strike = 1.0 / strike;
        for (int32_t i = 0; i < some; i++) {
            const mk_option *option = options + start + i;
            mk_vector *half = halves ? halves + (int64_t)option->row * mk_half_vectors : 0;
            MK(price_one)(&under, option, log_moneyness[i], log_inverse[i], inverse_strike[i],
                          rows + (int64_t)option->row * mk_row_vectors, half);
        }
    }
}
