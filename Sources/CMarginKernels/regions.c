// Tangents, bounds and regions, compiled once per instruction set like the kernels of variants.c.

#include "CMarginRegions.h"

#include "vectors.h"

typedef float mk_floats __attribute__((ext_vector_type(8), aligned(4)));

#define MK_SUFFIX portable
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "sensitivities.h"
#include "lanes.h"
#include "forms.h"
#include "region.h"
#undef MK_SUFFIX

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define MK_SUFFIX v3
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "sensitivities.h"
#include "lanes.h"
#include "forms.h"
#include "region.h"
#undef MK_SUFFIX
#pragma clang attribute pop

// Compilers prefer 256-bit registers on v4 unless told that wider ones are meant.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define MK_SUFFIX v4
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "sensitivities.h"
#include "lanes.h"
#include "forms.h"
#include "region.h"
#undef MK_SUFFIX
#pragma clang attribute pop
#endif

typedef struct {
    void (*tangents)(const mk_vector *, const mk_expiry *, const mk_option *, int32_t, mk_floats *, mk_floats *);
    void (*bounds)(const mk_vector *, const mk_expiry *, const mk_option *, int32_t, const mk_box *, mk_floats *, mk_floats *);
    void (*region)(const mk_exposure *, int32_t, const mk_watch *, mk_sides *);
} region_functions;

// In the order of the variants.
static const region_functions functions[] = {
    {tangents_portable, bounds_portable, region_portable},
#if defined(__x86_64__)
    {tangents_v3, bounds_v3, region_v3},
    {tangents_v4, bounds_v4, region_v4},
#endif
};

void mk_tangents(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, float *tangents,
                 float *halves) {
    functions[mk_variant_current()].tangents((const mk_vector *)grid, expiry, options, count, (mk_floats *)tangents,
                                             (mk_floats *)halves);
}

void mk_bounds(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, const mk_box *box,
               float *bounds, float *halves) {
    functions[mk_variant_current()].bounds((const mk_vector *)grid, expiry, options, count, box, (mk_floats *)bounds,
                                           (mk_floats *)halves);
}

void mk_region(const mk_exposure *exposures, int32_t count, const mk_watch *watch, mk_sides *sides) {
    functions[mk_variant_current()].region(exposures, count, watch, sides);
}
