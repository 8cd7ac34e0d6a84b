// What a pool's columns in one underlying come to, with their tangents and bounds, included once per variant.

enum { MK(lane_vectors) = mk_tangent_vectors + mk_half_vectors };

// A pool's columns in one underlying, halves last: gains and their tangents; second-order bounds of what is short and of
// what is long; bounds by width.
typedef struct {
    mk_vector gains[MK(lane_vectors)];
    mk_vector slopes[MK(lane_vectors)];
    mk_vector below[MK(lane_vectors)], above[MK(lane_vectors)], width[MK(lane_vectors)];
    // Least gain by node, by half step, by tail; over all; near each common node.
    double node[9], between[8], tail[8], least, near[17];
    int count;
} MK(lanes);

MK_INLINE void MK(gather_lanes)(const mk_exposure *of, MK(lanes) *lanes) {
    const mk_vector *rows = (const mk_vector *)of->table->rows, *halves = (const mk_vector *)of->table->halves;
    const mk_floats *tangents = (const mk_floats *)of->rows.tangents, *half_tangents = (const mk_floats *)of->rows.half_tangents;
    const mk_floats *bounds = (const mk_floats *)of->rows.bounds, *half_bounds = (const mk_floats *)of->rows.half_bounds;
    mk_vector gains[MK(lane_vectors)];
    mk_floats slopes[MK(lane_vectors)], below[MK(lane_vectors)], above[MK(lane_vectors)], width[MK(lane_vectors)];
    const int count = halves ? MK(lane_vectors) : mk_tangent_vectors;
    for (int k = 0; k < count; k++) {
        gains[k] = 0.0;
        slopes[k] = below[k] = above[k] = width[k] = 0.0f;
    }
    for (uint32_t i = 0; i < of->count; i++) {
        const int64_t at = of->at[i];
        const double q = of->lots[i];
        const float lots = (float)q, size = __builtin_fabsf(lots) * (1.0f + 0x1p-22f);
        const float shorts = q < 0 ? size : 0.0f, longs = q < 0 ? 0.0f : size;
        const mk_vector *row = rows + at * mk_row_vectors;
        const mk_floats *tangent = tangents + at * mk_tangent_vectors, *bound = bounds + at * mk_bound_vectors;
        for (int k = 0; k < mk_tangent_vectors; k++) {
            gains[k] += row[k] * q;
            slopes[k] += tangent[k] * lots;
            below[k] += bound[k] * shorts;
            above[k] += bound[k] * longs;
            width[k] += bound[mk_tangent_vectors + k] * size;
        }
        if (!halves) continue;
        for (int k = 0; k < mk_half_vectors; k++) {
            const int to = mk_tangent_vectors + k;
            gains[to] += halves[at * mk_half_vectors + k] * q;
            slopes[to] += half_tangents[at * mk_half_vectors + k] * lots;
            below[to] += half_bounds[at * 2 * mk_half_vectors + k] * shorts;
            above[to] += half_bounds[at * 2 * mk_half_vectors + k] * longs;
            width[to] += half_bounds[(at * 2 + 1) * mk_half_vectors + k] * size;
        }
    }
    // Coin moves with spot, in proportion.
    const mk_vector *grid = (const mk_vector *)of->table->grid;
    for (int k = 0; k < count; k++) {
        const mk_vector damped = grid[mk_grid_damping] * grid[mk_grid_tails];
        const mk_vector move = k < mk_shapes ? grid[0] : k < mk_centre ? damped : k == mk_centre ? (mk_vector)0.0 : grid[mk_grid_halves];
        lanes->gains[k] = gains[k] + of->coin * move;
        lanes->slopes[k] = __builtin_convertvector(slopes[k], mk_vector) + of->coin * move;
        // Sums of so many floats that are not negative.
        const double upwards = 1.0 + (double)of->count * 0x1p-23;
        lanes->below[k] = __builtin_convertvector(below[k], mk_vector) * upwards;
        lanes->above[k] = __builtin_convertvector(above[k], mk_vector) * upwards;
        lanes->width[k] = __builtin_convertvector(width[k], mk_vector) * upwards;
    }
    lanes->slopes[mk_centre][mk_centre_value] += of->coin;
    lanes->count = count;
}

// The least gains that the scan takes its minima from: as in note_joint.
MK_INLINE void MK(least_gains)(const mk_table *table, MK(lanes) *lanes) {
    const mk_vector *g = lanes->gains;
    const mk_vector ordinary = MK(smaller)(MK(smaller)(MK(smaller)(g[0], g[1]), MK(smaller)(g[2], g[3])), g[4]);
    const mk_vector tails = MK(smaller)(g[mk_tail_flat], g[mk_tail_steep]);
    const mk_vector half = lanes->count > mk_tangent_vectors
        ? MK(smaller)(MK(smaller)(MK(smaller)(g[8], g[9]), MK(smaller)(g[10], g[11])), g[12]) : (mk_vector)__builtin_inf();
    const mk_vector centre = __builtin_shufflevector(g[mk_centre], g[mk_centre], 0, 1, 2, 3, 4, 0, 0, 0);
    lanes->node[4] = MK(smallest_lane)(centre);
    for (int j = 0; j < 4; j++) {
        lanes->node[j] = ordinary[j];
        lanes->node[j + 5] = ordinary[j + 4];
    }
    for (int j = 0; j < 8; j++) {
        lanes->between[j] = half[j];
        lanes->tail[j] = tails[j];
    }
    lanes->least = MK(smallest_lane)(MK(smaller)(MK(smaller)(ordinary, tails), MK(smaller)(centre, half)));
    const int window = table->window;
    const mk_vector moves = ((const mk_vector *)table->grid)[mk_grid_tails];
    for (int c = 0; c < 9; c++) {
        double low = __builtin_inf();
        for (int j = 0; j < 9; j++) if (j >= c - window && j <= c + window) low = MK(smaller_of)(low, lanes->node[j]);
        for (int j = 0; j < 8; j++) if (j >= c - window && j < c + window) low = MK(smaller_of)(low, lanes->between[j]);
        lanes->near[c] = window >= mk_window_whole ? lanes->least : low;
    }
    for (int j = 0; j < 8; j++) {
        const double edge = lanes->node[moves[j] < 0 ? 0 : 8];
        lanes->near[9 + j] = window >= mk_window_whole ? lanes->least : MK(smaller_of)(lanes->tail[j], edge);
    }
}

// How much each lane has above what is needed of it. Alone the least gain is needed. Beside others it is also, of each
// common node, the least near it, less this underlying's part of what that node has above the common minimum.
MK_INLINE void MK(extras)(const mk_table *table, const MK(lanes) *lanes, const double *spare, int is_alone, mk_vector *extra) {
    mk_vector ordinary = lanes->least, tails = lanes->least, half = lanes->least;
    double middle = lanes->least;
    if (!is_alone) {
        const mk_vector moves = ((const mk_vector *)table->grid)[mk_grid_tails];
        double need[9], between[8];
        const int window = table->window;
        double top = -__builtin_inf();
        for (int c = 0; c < 17; c++) top = MK(larger_of)(top, lanes->near[c] - spare[c]);
        for (int j = 0; j < 9; j++) {
            need[j] = lanes->least;
            for (int c = 0; c < 9; c++) if (c >= j - window && c <= j + window) need[j] = MK(larger_of)(need[j], lanes->near[c] - spare[c]);
        }
        for (int j = 0; j < 8; j++) {
            between[j] = lanes->least;
            for (int c = 0; c < 9; c++) if (c > j - window && c <= j + window) between[j] = MK(larger_of)(between[j], lanes->near[c] - spare[c]);
            tails[j] = MK(larger_of)(lanes->least, lanes->near[9 + j] - spare[9 + j]);
            const int edge = moves[j] < 0 ? 0 : 8;
            need[edge] = MK(larger_of)(need[edge], lanes->near[9 + j] - spare[9 + j]);
        }
        for (int j = 0; j < 4; j++) {
            ordinary[j] = need[j];
            ordinary[j + 4] = need[j + 5];
        }
        middle = need[4];
        for (int j = 0; j < 8; j++) half[j] = between[j];
        if (window >= mk_window_whole) {
            ordinary = tails = half = MK(larger_of)(top, lanes->least);
            middle = ordinary[0];
        }
    }
    for (int k = 0; k < lanes->count; k++) {
        const mk_vector need = k < mk_shapes ? ordinary : k < mk_centre ? tails : k == mk_centre ? (mk_vector)middle : half;
        extra[k] = MK(larger)(lanes->gains[k] - need, (mk_vector)0.0);
    }
    for (int l = mk_shapes; l < mk_lanes; l++) extra[mk_centre][l] = __builtin_inf();
}
