/// Vector kernels of the margin model: prices of one option under all scenario columns, and sums over a pool.
///
/// Plain C over vectors of eight doubles, in a fixed order of operations without contraction, so that every variant
/// gives the same bits on every processor. docs/margin-model.md says what is computed; this header says where it lies.
#pragma once
#include <stdint.h>

// A vector is eight doubles, aligned to 64 bytes; pointers to doubles below point to whole vectors.
//
// The row of an instrument: ten vectors, integral money quanta per lot, aligned to cache lines.
//
//  0…4  gains of the shapes same, upFlat, upSteep, downFlat, downSteep; lanes: nodes −4 −3 −2 −1 +1 +2 +3 +4
//  5, 6 gains of the tails under upFlat, upSteep; lanes: the tails in their order
//  7    centre: gains of the five shapes at node 0, then the value V, the delta Δ, and Δ° of the contract alone
//  8    expiry: four skew gains, then Φ = F·dV/dF, short charge base of calls, of puts, nothing
//  9    absolute: |Δ°|, fee, the largest magnitude in the row (infinite: no price), nothing
//
// Half steps have a table of their own, five vectors a row: the five shapes; lanes −3.5 −2.5 −1.5 −0.5 +0.5 … +3.5.
enum {
    mk_lanes = 8,
    mk_shapes = 5,
    mk_tail_flat = 5,
    mk_tail_steep = 6,
    mk_centre = 7,
    mk_expiry_sums = 8,
    mk_absolute = 9,
    mk_row_vectors = 10,
    mk_half_vectors = 5,
    mk_centre_value = 5,
    mk_centre_delta = 6,
    mk_centre_own_delta = 7,
    mk_expiry_phi = 4,
    mk_expiry_calls = 5,
    mk_expiry_puts = 6,
    mk_absolute_delta = 0,
    mk_absolute_fee = 1,
    mk_absolute_largest = 2,
};

// The spot moves of an underlying: four vectors: the ordinary nodes, the tails, the half steps, as fractions of spot;
// then the weight of each tail. Ordinary and half nodes are undamped.
enum { mk_grid_vectors = 4, mk_grid_tails = 1, mk_grid_halves = 2, mk_grid_damping = 3 };

// What a pool of several underlyings keeps of a section: three vectors: the least gain in the windows of the common nodes
// −4…+3, of +4 in the first lane (infinite in the others), and of each tail.
enum { mk_joint_vectors = 3, mk_joint_nodes = 0, mk_joint_last = 1, mk_joint_tails = 2, mk_window_whole = 8 };

/// One expiry at a cut, in dollars and years.
typedef struct {
    double spot;
    double forward;
    /// Part of the forward that a settlement average has fixed.
    double settled;
    double discount;
    /// √τ.
    double root_time;
    /// Factors of volatility: same, upFlat, upSteep, downFlat, downSteep.
    double shape[5];
    /// Least shocked-up volatility, 0 = none.
    double floor;
    double skew_cap;
    /// k*.
    double skew_width;
    /// Fee as a fraction of the notional.
    double fee_rate;
    /// Whether the steep shapes equal the flat ones (up to 30 days).
    int32_t steep_is_flat;
    /// Whether half steps are wanted.
    int32_t half_steps;
} mk_expiry;

/// One option to price.
typedef struct {
    double strike;
    double volatility;
    /// Quanta of a lot worth one dollar a unit.
    double scale;
    int32_t row;
    /// +1 call, −1 put.
    int16_t sign;
    int16_t is_inverse;
} mk_option;

/// What the positions of one pool in one underlying add up to, in quanta.
typedef struct {
    /// Smallest gain over all columns, never positive.
    double worst;
    double value;
    double delta;
    /// Δ° net, and the sum of its magnitudes.
    double own_delta;
    double gross_delta;
    double fee;
    double basis;
    double skew;
    double naked_maintenance;
    double naked_initial;
    double coin;
    /// Sum of |q| times the largest magnitude of a row, plus |coin|: sums are exact below 2^52, infinite without a price.
    double bound;
} mk_sums;

/// The positions of one pool in one underlying: a run of the arena, those of one expiry beside each other.
typedef struct {
    uint32_t start;
    uint32_t count;
    /// Where its joint minima go (mk_joint_vectors each), −1 = nowhere.
    int32_t nodes;
    int32_t unused;
    /// Value of its coin in quanta.
    double coin;
} mk_section;

/// The rows of one underlying.
typedef struct {
    const double *rows;
    /// Null while half steps are off.
    const double *halves;
    const double *grid;
    /// Expiry group of each row, and each group's charges: lane mk_expiry_phi the basis rate, lanes of calls and puts
    /// the naked-short rate of maintenance.
    const uint16_t *group;
    const double *charges;
    /// Naked-short rate of initial margin.
    double naked_initial;
    /// How many nodes from the common one are near; mk_window_whole = every node and tail is.
    int32_t window;
    int32_t unused;
} mk_table;

/// Compiled variants, from the most portable up, and which of them this processor can run.
int32_t mk_variant_count(void);
const char *mk_variant_name(int32_t variant);
int32_t mk_variant_supported(int32_t variant);

/// Makes every later call use `variant`; 0 if this processor cannot run it. All variants give the same bits.
int32_t mk_variant_select(int32_t variant);
/// The variant in use: the best supported one unless another was selected.
int32_t mk_variant_current(void);

/// Prices `count` options of one expiry into `rows` and, with half steps, `halves`, which both begin at row 0.
void mk_price(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, double *rows,
              double *halves);

/// Sums up `count` sections; `at` and `lots` are the arena: rows of the table and signed lots.
/// `nodes` takes the joint minima.
void mk_scan(const mk_table *table, const mk_section *sections, int32_t count, const uint32_t *at, const double *lots,
             mk_sums *sums, double *nodes);

/// eˣ for −690…709, relative error below 3·10⁻¹⁶; arguments beyond count as the ends.
double mk_exponential(double x);
/// ln x for positive normal x, relative error below 2·10⁻¹⁶.
double mk_logarithm(double x);
/// Normal distribution function: absolute error below 4·10⁻¹⁶; the lower tail is an evaluation of its own, relative
/// error below 1.3·10⁻¹¹ down to −37.
double mk_normal(double x);
/// φ(x), the normal density.
double mk_density(double x);
/// Undiscounted Black-76 value by `sign` (+1 call, −1 put); error below 2·10⁻¹⁵ of the larger of forward and strike.
double mk_black(double sign, double forward, double strike, double log_moneyness, double deviation);
