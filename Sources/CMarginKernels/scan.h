// Sums over the positions of pools, included once per variant. All sums are of integers below 2^52 and so exact: their
// order does not matter, and a pool beyond that shows it in its bound. For the same reason a fused multiplication and
// addition gives the same sums, and is wanted.
#pragma STDC FP_CONTRACT ON

// Net sums of expiries that wait to be charged, and their groups.
enum { MK(waiting_max) = 64 };

typedef struct {
    mk_vector net[MK(waiting_max)];
    uint16_t group[MK(waiting_max)];
    // The skew loss in lanes 0…3, then basis, naked calls, naked puts; naked shorts at the initial rate.
    mk_vector charges, initial;
} MK(expiries);

MK_INLINE void MK(charge)(MK(expiries) *expiries, uint32_t count, const mk_vector *rates, double naked_initial) {
    // |Φ|, and for the others only what is short or lost.
    const mk_vector mirrored = {0, 0, 0, 0, 1, 0, 0, 0};
    mk_vector charges = expiries->charges, initial = expiries->initial;
    for (uint32_t i = 0; i < count; i++) {
        mk_vector net = expiries->net[i];
        mk_vector base = MK(larger)(-net, net * mirrored);
        mk_vector loss = MK(larger)(base, __builtin_shufflevector(base, base, 1, 0, 3, 2, 5, 4, 7, 6));
        loss = MK(larger)(loss, __builtin_shufflevector(loss, loss, 2, 3, 0, 1, 6, 7, 4, 5));
        mk_vector rounded = MK(upwards)(base * rates[expiries->group[i]]);
        charges += __builtin_shufflevector(loss, rounded, 0, 1, 2, 3, 12, 13, 14, 15);
        initial += MK(upwards)(base * naked_initial);
    }
    expiries->charges = charges;
    expiries->initial = initial;
}

// The least gain near each common node, for pools of several underlyings: windows around the nodes −4…+3, around +4, and
// each tail or the edge on its side.
MK_INLINE void MK(note_joint)(const mk_table *table, mk_vector ordinary, mk_vector tails, double centre, mk_vector half,
                              double least, mk_vector *out) {
    const mk_vector none = __builtin_inf();
    out[mk_joint_last] = none;
    if (table->window >= mk_window_whole) {
        out[mk_joint_nodes] = out[mk_joint_tails] = (mk_vector)least;
        out[mk_joint_last][0] = least;
        return;
    }
    // Nine nodes and the eight half steps between them, with nothing for a window's length on either side.
    _Alignas(64) mk_vector lines[2][4] = {{none, none, none, none}, {none, none, none, none}};
    double *nodes = (double *)lines[0] + mk_lanes, *between = (double *)lines[1] + mk_lanes;
    for (int j = 0; j < 4; j++) {
        nodes[j] = ordinary[j];
        nodes[j + 5] = ordinary[j + 4];
    }
    nodes[4] = centre;
    lines[1][1] = half;
    mk_vector low = none;
    double last = __builtin_inf();
    for (int32_t e = -table->window; e <= table->window; e++) {
        low = MK(smaller)(*(const mk_vector *)(nodes + e), low);
        last = nodes[8 + e] < last ? nodes[8 + e] : last;
    }
    for (int32_t e = -table->window; table->halves && e < table->window; e++) {
        low = MK(smaller)(*(const mk_vector *)(between + e), low);
        last = between[8 + e] < last ? between[8 + e] : last;
    }
    out[mk_joint_nodes] = low;
    out[mk_joint_last][0] = last;
    const mk_vector moves = ((const mk_vector *)table->grid)[mk_grid_tails];
    const mk_vector edge = moves < 0.0 ? (mk_vector)ordinary[0] : (mk_vector)ordinary[7];
    out[mk_joint_tails] = MK(smaller)(tails, edge);
}

// One section: sums of the columns, of each expiry's lanes, and of magnitudes.
MK_INLINE void MK(scan_one)(const mk_table *table, const mk_section *section, const uint32_t *at, const double *lots,
                            mk_sums *sums, mk_vector *nodes) {
    const mk_vector *rows = (const mk_vector *)table->rows, *halves = (const mk_vector *)table->halves;
    const mk_vector *rates = (const mk_vector *)table->charges;
    const mk_vector zero = 0.0, off = __builtin_inf();
    mk_vector c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, tail_flat = zero, tail_steep = zero, centre = zero;
    mk_vector expiry = zero, absolute = zero;
    mk_vector h0 = zero, h1 = zero, h2 = zero, h3 = zero, h4 = zero;
    _Alignas(64) MK(expiries) expiries;
    expiries.charges = expiries.initial = zero;
    uint32_t waiting = 0;

    for (uint32_t i = 0; i < section->count; i++) {
        const uint32_t index = at[i];
        const double q = lots[i], size = q < 0 ? -q : q;
        const mk_vector *row = rows + (uint64_t)index * mk_row_vectors;
        c0 += row[0] * q;
        c1 += row[1] * q;
        c2 += row[2] * q;
        c3 += row[3] * q;
        c4 += row[4] * q;
        tail_flat += row[mk_tail_flat] * q;
        tail_steep += row[mk_tail_steep] * q;
        centre += row[mk_centre] * q;
        absolute += row[mk_absolute] * size;
        expiry += row[mk_expiry_sums] * q;
        if (halves) {
            const mk_vector *half = halves + (uint64_t)index * mk_half_vectors;
            h0 += half[0] * q;
            h1 += half[1] * q;
            h2 += half[2] * q;
            h3 += half[3] * q;
            h4 += half[4] * q;
        }
        // Where an expiry ends is not to be guessed, so nothing branches on it: its sums are noted again and again
        // until another one's take the next place.
        const uint16_t group = table->group[index];
        const uint32_t is_last = i + 1 == section->count || table->group[at[i + 1]] != group;
        expiries.net[waiting] = expiry;
        expiries.group[waiting] = group;
        expiry *= (double)(1 - (int32_t)is_last);
        waiting += is_last;
        if (waiting == MK(waiting_max)) {
            MK(charge)(&expiries, waiting, rates, table->naked_initial);
            waiting = 0;
        }
    }
    MK(charge)(&expiries, waiting, rates, table->naked_initial);
    const mk_vector charges = expiries.charges, initial = expiries.initial;

    const mk_vector *grid = (const mk_vector *)table->grid;
    const double coin = section->coin;
    mk_vector ordinary = MK(smaller)(MK(smaller)(MK(smaller)(c0, c1), MK(smaller)(c2, c3)), c4);
    mk_vector tails = MK(smaller)(tail_flat, tail_steep);
    mk_vector middle = __builtin_shufflevector(centre, centre, 0, 1, 2, 3, 4, 0, 0, 0);
    mk_vector half = off;
    // Coin moves with spot, the same in every shape.
    ordinary += MK(nearest)(coin * grid[0]);
    tails += MK(nearest)((coin * grid[mk_grid_damping]) * grid[mk_grid_tails]);
    if (halves) {
        half = MK(smaller)(MK(smaller)(MK(smaller)(h0, h1), MK(smaller)(h2, h3)), h4);
        half += MK(nearest)(coin * grid[mk_grid_halves]);
    }
    mk_vector all = MK(smaller)(MK(smaller)(ordinary, tails), MK(smaller)(middle, half));
    sums->worst = MK(smallest_lane)(all);
    sums->value = centre[mk_centre_value];
    sums->delta = centre[mk_centre_delta];
    sums->own_delta = centre[mk_centre_own_delta];
    sums->gross_delta = absolute[mk_absolute_delta];
    sums->fee = absolute[mk_absolute_fee];
    sums->basis = charges[mk_expiry_phi];
    sums->skew = charges[0];
    sums->naked_maintenance = charges[mk_expiry_calls] + charges[mk_expiry_puts];
    sums->naked_initial = initial[mk_expiry_calls] + initial[mk_expiry_puts];
    sums->coin = coin;
    sums->bound = absolute[mk_absolute_largest] + (coin < 0 ? -coin : coin);
    if (nodes && section->nodes >= 0) {
        MK(note_joint)(table, ordinary, tails, MK(smallest_lane)(middle), half, sums->worst,
                       nodes + (int64_t)section->nodes * mk_joint_vectors);
    }
}

static void MK(scan)(const mk_table *table, const mk_section *sections, int32_t count, const uint32_t *at,
                     const double *lots, mk_sums *sums, mk_vector *nodes) {
    for (int32_t s = 0; s < count; s++) {
        const uint32_t start = sections[s].start;
        MK(scan_one)(table, sections + s, at + start, lots + start, sums + s, nodes);
    }
}
#pragma STDC FP_CONTRACT OFF
