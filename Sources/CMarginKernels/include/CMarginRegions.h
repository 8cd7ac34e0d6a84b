/// How far a market may move before a pool can reach one of its levels: tangents of rows, bounds of what tangents leave
/// out, and the regions that follow. docs/safe-regions.md derives them; this header says where things lie.
///
/// Regions are a cache. One may be too small, never too large; so nothing here has to have the same bits everywhere.
#pragma once
#include "CMarginKernels.h"

// Vectors of eight floats beside the rows, in quanta of a lot.
//
// The tangents of an instrument: eight vectors: S·d(gain)/dS of the vectors 0…7 of its row with the forward or mark moving
// along; in the centre's lane of the value S·dV/dS. Half steps have five of their own.
//
// The bounds of an instrument inside a box: sixteen vectors: eight of second order in the relative move of spot, of the
// *amounts* V + gain (in the value's lane: of V); then eight of how far an amount can move for a unit of the box's width.
// In the last two lanes of both centres: of the charges on sums, and of the delta; in the first centre both are of first
// order. Half steps have five and five of their own.
enum {
    mk_tangent_vectors = 8,
    mk_bound_vectors = 16,
    mk_bound_charges = 6,
    mk_bound_delta = 7,
    /// Most underlyings of a pool that can have a region.
    mk_region_underlyings = 16,
    /// Most positions in one of them.
    mk_region_positions = 1024,
};

/// The box around a market in which bounds hold, for one expiry.
///
/// Spot moves by a relative `d`; everything else is bounded by one *width* w: |Δln σ| + c·|Δln τ| ≤ w for options, and
/// |Δln(F/S)|, |Δln(M/S)| ≤ basis·w.
typedef struct {
    /// Largest |ln| of a forward over that at the box's middle.
    double reach;
    /// e to the reach, and to the largest width.
    double stretch;
    double widest;
    /// Relative move of a forward or mark against spot for a unit of width.
    double basis;
    /// Relative move of a discounted amount for a unit of width.
    double carry;
    /// Largest basis rate of the expiry in the box, and how much of it goes with time.
    double rate;
    double rate_time;
} mk_box;

/// Tangents and bounds of the rows of one underlying.
typedef struct {
    const float *tangents;
    /// Null while half steps are off.
    const float *half_tangents;
    const float *bounds;
    const float *half_bounds;
} mk_sensitivities;

/// What a pool holds in one underlying.
typedef struct {
    const mk_table *table;
    mk_sensitivities rows;
    /// Rows of the table and signed lots.
    const uint32_t *at;
    const double *lots;
    uint32_t count;
    int32_t unused;
    double coin;
    /// How fast spot and width are expected to move, relative to each other: decides how slack is divided.
    double spot_speed;
    double width_speed;
    /// The sums of the charges that follow spot: fee, naked shorts.
    double fee;
    double naked_maintenance;
    double naked_initial;
    /// As in the boxes of its expiries: the largest.
    double stretch;
    double basis;
    /// Of the delta, in the minimum that a size demands: twice the gross rate, and the net one.
    double floor_rate;
} mk_exposure;

/// A level as a linear form: the excess is equity − scan·max(scan loss, floor) − charges·(add-ons).
typedef struct {
    /// How far the excess is from zero now, less what rounding can do; not negative.
    double slack;
    double scan;
    double charges;
    /// Whether add-ons are those of initial margin.
    int32_t is_initial;
    int32_t unused;
} mk_level;

/// Between which levels a pool's equity must stay.
typedef struct {
    int32_t has_lower;
    int32_t has_upper;
    mk_level lower;
    mk_level upper;
    double kappa;
    /// Scan loss less floor.
    double floor_room;
} mk_watch;

/// A region in one underlying: relative falls and rises of spot, and the width, inside which no level is reached.
typedef struct {
    double fall;
    double rise;
    double width;
    /// In multiples of the speeds, the least of any direction; 0 = no region.
    double reach;
} mk_sides;

/// Tangents of `count` options of one expiry at the market of `expiry`, into `tangents` and `halves` (null: none).
void mk_tangents(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, float *tangents,
                 float *halves);

/// Bounds of `count` options of one expiry inside a box around the market of `expiry`.
void mk_bounds(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, const mk_box *box,
               float *bounds, float *halves);

/// The region of a pool that is exposed to `count` underlyings, at most `mk_region_underlyings`; one entry of `sides` each.
/// The market must be inside the box of every exposure's bounds, and the caller clips the region to those boxes.
void mk_region(const mk_exposure *exposures, int32_t count, const mk_watch *watch, mk_sides *sides);
