// One expiry under the spot moves of a grid, included once per variant.

// The numbers of the header, and for each set of moves (0 ordinary, 1 tails, 2 half steps)
// F', ln(F'/F), and S'/F' for inverse options.
typedef struct {
    mk_expiry at;
    mk_vector forward[3], log_ratio[3], coin_factor[3], damping;
    // The smallest factor on a volatility, times √τ.
    double least;
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
    double least = 1.0 - at->skew_cap;
    for (int v = 0; v < mk_shapes; v++) least = at->shape[v] < least ? at->shape[v] : least;
    expiry->least = least * at->root_time;
}
