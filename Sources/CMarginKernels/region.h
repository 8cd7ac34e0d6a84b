// How far the market may move before a pool can reach one of its levels, included once per variant.
// docs/safe-regions.md derives it. A region is a cache: it may be too small, never too large.

static void MK(region)(const mk_exposure *of, int32_t count, const mk_watch *watch, mk_sides *sides) {
    MK(lanes) lanes[mk_region_underlyings];
    mk_vector extra[MK(lane_vectors)];
    double spare[17] = {0}, weights[mk_region_underlyings], total = 0.0, least = __builtin_inf();
    int common = -1;
    for (int u = 0; u < count; u++) {
        MK(gather_lanes)(of + u, lanes + u);
        MK(least_gains)(of[u].table, lanes + u);
        mk_vector steepest = 0.0;
        for (int k = 0; k < lanes[u].count; k++) {
            const mk_vector slope = lanes[u].slopes[mk_centre][mk_centre_value] + lanes[u].slopes[k];
            steepest = MK(larger)(steepest, MK(magnitude)(slope) * of[u].spot_speed + lanes[u].width[k] * of[u].width_speed);
        }
        weights[u] = -MK(smallest_lane)(-steepest);
        total += weights[u];
        for (int c = 0; c < 17 && count > 1; c++) spare[c] += lanes[u].near[c];
    }
    for (int c = 0; c < 17 && count > 1; c++) {
        if (spare[c] < least) {
            least = spare[c];
            common = c;
        }
    }
    for (int c = 0; c < 17 && count > 1; c++) spare[c] = (spare[c] - least) / count;
    for (int u = 0; u < count; u++) {
        // Every underlying has a part of the slack, the faster ones more; a nil pool may go anywhere.
        double part = total > 0 ? weights[u] / total : 1.0 / count;
        part = count == 1 ? 1.0 : 0.1 / count + 0.9 * part;
        MK(forms) lower, upper;
        double reach = __builtin_inf(), fall = 1.0, rise = 1.0;
        if (watch->has_lower) {
            const double slack = watch->lower.slack * part, room = watch->lower.scan * MK(larger_of)(watch->floor_room, 0.0);
            MK(extras)(of[u].table, lanes + u, spare, count == 1, extra);
            // Where the floor binds every column has at least its own room above it.
            const double above = watch->lower.scan * MK(larger_of)(-watch->floor_room, 0.0);
            MK(lower_forms)(of + u, &watch->lower, lanes + u, extra, (watch->lower.slack + above) * part, slack + room * part, &lower);
            reach = MK(smaller_of)(reach, MK(reach)(&lower, of[u].spot_speed, of[u].width_speed));
        }
        if (watch->has_upper) {
            MK(upper_form)(of + u, watch, lanes + u, common, watch->upper.slack * part, &upper);
            reach = MK(smaller_of)(reach, MK(reach)(&upper, of[u].spot_speed, of[u].width_speed));
        }
        // No number, no region; nor for more floats than their allowance is for.
        if (!(reach >= 0) || of[u].count > mk_region_positions) reach = 0;
        if (reach > 1e9) reach = 1e9;
        const double width = reach * of[u].width_speed;
        if (watch->has_lower) MK(sides)(&lower, width, &fall, &rise);
        if (watch->has_upper) MK(sides)(&upper, width, &fall, &rise);
        sides[u] = (mk_sides){reach > 0 && fall > 0 ? fall : 0, reach > 0 && rise > 0 ? rise : 0, width, reach};
    }
}
