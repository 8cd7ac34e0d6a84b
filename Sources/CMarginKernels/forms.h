// How far one underlying may move before a linear form of the excess can reach nil, included once per variant.
// docs/safe-regions.md derives it.

// A linear form of the excess in one underlying: its slope in the move of spot; what it may lose beyond that with the
// square of the move, with the move itself (charges, and rounding of slopes), and with the width.
typedef struct {
    double slope, bend, linear, width;
} MK(form);

// What all forms at a level share: φ, the value's part in them, and the charges.
typedef struct {
    double phi, value, bend, width, linear, charge_width, floor, floor_width;
} MK(common);

MK_INLINE MK(common) MK(common_of)(const mk_exposure *of, const mk_level *level, const MK(lanes) *lanes, int is_upper) {
    const mk_vector below = lanes->below[mk_centre], above = lanes->above[mk_centre], wide = lanes->width[mk_centre];
    const double rest = 1.0 - level->scan, least = is_upper ? above[mk_centre_value] : below[mk_centre_value];
    const double most = is_upper ? below[mk_centre_value] : above[mk_centre_value];
    const double coin = of->coin < 0 ? -of->coin : of->coin;
    const double spot_charges = (level->is_initial ? of->naked_initial : of->naked_maintenance) + of->fee;
    MK(common) common;
    common.phi = level->scan;
    common.value = lanes->slopes[mk_centre][mk_centre_value];
    // With a negative part of the value it is the others who pay for curvature.
    common.bend = rest >= 0 ? rest * least : -rest * most;
    common.width = (rest >= 0 ? rest : -rest) * wide[mk_centre_value];
    const double slopes = below[mk_bound_delta] + above[mk_bound_delta] + coin;
    // Slopes are sums of floats. A future's are at most twice its delta; an option's rounding is among its charges, which
    // therefore count at a level without charges too.
    const double rounding = (double)of->count * 0x1p-20 * slopes, charges = MK(larger_of)(level->charges, 1.0);
    common.linear = charges * (below[mk_bound_charges] + above[mk_bound_charges] + spot_charges) + rounding;
    common.charge_width = level->charges * (wide[mk_bound_charges] + of->basis * of->stretch * of->stretch * spot_charges);
    common.floor = level->scan * of->floor_rate * slopes;
    common.floor_width = level->scan * of->floor_rate * (wide[mk_bound_delta] + of->basis * coin);
    return common;
}

// The largest k at which slack ≥ cost·k + bend·k²: a form in each lane.
MK_INLINE mk_vector MK(reach_of)(mk_vector slack, mk_vector cost, mk_vector bend) {
    return 2.0 * slack / (cost + __builtin_elementwise_sqrt(cost * cost + 4.0 * (bend * slack)) + 1e-290);
}

// The largest x ≥ 0 at which slack ≥ cost·x + bend·x², whatever the sign of the cost.
MK_INLINE mk_vector MK(side_of)(mk_vector slack, mk_vector cost, mk_vector bend) {
    const mk_vector root = __builtin_elementwise_sqrt(cost * cost + 4.0 * (bend * slack));
    const mk_vector near = 2.0 * slack / (cost + root + 1e-290), far = (root - cost) / (2.0 * bend + 1e-290);
    return cost >= 0.0 ? near : far;
}

// Forms of one underlying under a level, gathered: columns, and a last vector for the floor.
typedef struct {
    mk_vector slope[MK(lane_vectors) + 1], bend[MK(lane_vectors) + 1], slack[MK(lane_vectors) + 1];
    mk_vector linear[MK(lane_vectors) + 1], width[MK(lane_vectors) + 1];
    int count;
} MK(forms);

MK_INLINE void MK(lower_forms)(const mk_exposure *of, const mk_level *level, const MK(lanes) *lanes,
                               const mk_vector *extra, double slack, double floor_slack, MK(forms) *forms) {
    const MK(common) at = MK(common_of)(of, level, lanes, 0);
    for (int k = 0; k < lanes->count; k++) {
        forms->slope[k] = at.value + at.phi * lanes->slopes[k];
        forms->bend[k] = at.bend + at.phi * lanes->below[k];
        forms->width[k] = at.width + at.phi * lanes->width[k] + at.charge_width;
        forms->linear[k] = at.linear;
        forms->slack[k] = slack + at.phi * extra[k];
    }
    for (int l = mk_shapes; l < mk_lanes; l++) forms->slack[mk_centre][l] = __builtin_inf();
    // Under the floor the whole value stands alone, and the floor is a charge.
    const int last = lanes->count;
    forms->slope[last] = at.value;
    forms->bend[last] = lanes->below[mk_centre][mk_centre_value];
    forms->width[last] = lanes->width[mk_centre][mk_centre_value] + at.charge_width + at.floor_width;
    forms->linear[last] = at.linear + at.floor;
    forms->slack[last] = floor_slack;
    forms->count = last + 1;
}

MK_INLINE double MK(reach)(const MK(forms) *forms, double spot, double width) {
    mk_vector least = __builtin_inf();
    for (int k = 0; k < forms->count; k++) {
        const mk_vector cost = (MK(magnitude)(forms->slope[k]) + forms->linear[k]) * spot + forms->width[k] * width;
        mk_vector reach = MK(reach_of)(forms->slack[k], cost, forms->bend[k] * (spot * spot));
        // What has no number reaches nowhere.
        reach = reach >= 0.0 ? reach : (mk_vector)0.0;
        least = MK(smaller)(forms->slack[k] == __builtin_inf() ? (mk_vector)__builtin_inf() : reach, least);
    }
    return MK(smallest_lane)(least);
}

MK_INLINE void MK(sides)(const MK(forms) *forms, double width, double *fall, double *rise) {
    mk_vector down = 1.0, up = 1.0;
    for (int k = 0; k < forms->count; k++) {
        const mk_vector left = MK(larger)(forms->slack[k] - forms->width[k] * width, (mk_vector)0.0);
        const mk_vector is_used = forms->slack[k];
        const mk_vector a = MK(side_of)(left, forms->linear[k] + forms->slope[k], forms->bend[k]);
        const mk_vector b = MK(side_of)(left, forms->linear[k] - forms->slope[k], forms->bend[k]);
        down = MK(smaller)(is_used < __builtin_inf() ? a : (mk_vector)1.0, down);
        up = MK(smaller)(is_used < __builtin_inf() ? b : (mk_vector)1.0, up);
    }
    *fall = MK(smaller_of)(*fall, MK(smallest_lane)(down));
    *rise = MK(smaller_of)(*rise, MK(smallest_lane)(up));
}

// The place of the least gain among the columns near a common node, or among all (common = −1).
MK_INLINE void MK(binding)(const mk_table *table, const MK(lanes) *lanes, int common, int *vector, int *lane) {
    const int window = table->window, is_whole = common < 0 || window >= mk_window_whole;
    const mk_vector moves = ((const mk_vector *)table->grid)[mk_grid_tails];
    double least = __builtin_inf();
    for (int k = 0; k < lanes->count; k++) {
        for (int l = 0; l < (k == mk_centre ? mk_shapes : mk_lanes); l++) {
            // Twice the node, counted from −4.
            const int node = k == mk_centre ? 8 : k > mk_centre ? 2 * l + 1 : 2 * (l < 4 ? l : l + 1);
            int is_near = is_whole;
            if (!is_whole && (k == mk_tail_flat || k == mk_tail_steep)) is_near = common == 9 + l;
            else if (!is_whole && common < 9) is_near = node >= 2 * (common - window) && node <= 2 * (common + window);
            else if (!is_whole) is_near = k < mk_shapes && node == (moves[common - 9] < 0 ? 0 : 16);
            if (is_near && lanes->gains[k][l] < least) {
                least = lanes->gains[k][l];
                *vector = k;
                *lane = l;
            }
        }
    }
}

MK_INLINE void MK(upper_form)(const mk_exposure *of, const mk_watch *watch, const MK(lanes) *lanes, int common, double slack,
                              MK(forms) *forms) {
    const MK(common) at = MK(common_of)(of, &watch->upper, lanes, 1);
    MK(form) form = {at.value, at.bend, at.linear, at.width + at.charge_width};
    if (watch->floor_room < 0) {
        form.bend = lanes->above[mk_centre][mk_centre_value];
        form.width = lanes->width[mk_centre][mk_centre_value] + at.charge_width + at.floor_width;
        form.linear += at.floor;
    } else {
        const double parts[2] = {common < 0 ? 1.0 : 1.0 - watch->kappa, common < 0 ? 0.0 : watch->kappa};
        for (int part = 0; part < 2; part++) {
            int k = 0, l = 0;
            if (parts[part] == 0.0) continue;
            MK(binding)(of->table, lanes, part ? common : -1, &k, &l);
            form.slope += at.phi * parts[part] * lanes->slopes[k][l];
            form.bend += at.phi * parts[part] * lanes->above[k][l];
            form.width += at.phi * parts[part] * lanes->width[k][l];
        }
    }
    // Above a level everything counts the other way round.
    forms->slope[0] = -form.slope;
    forms->bend[0] = form.bend;
    forms->linear[0] = form.linear;
    forms->width[0] = form.width;
    forms->slack[0] = slack;
    forms->count = 1;
}
