// The kernels, compiled once per instruction set and chosen once at run time.
//
// Not `target_clones`: its resolvers run before sanitizers are ready, and a test could not ask for a given variant.

#include "CMarginKernels.h"

#pragma STDC FP_CONTRACT OFF

// Fused operations have one result on every processor. On x86-64 the portable variant calls libm's, which is slow:
// docs/decisions/0014.

#include "vectors.h"

#define MK_SUFFIX portable
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "price.h"
#include "scan.h"
#include "one.h"
#undef MK_SUFFIX

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define MK_SUFFIX v3
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "price.h"
#include "scan.h"
#include "one.h"
#undef MK_SUFFIX
#pragma clang attribute pop

// Compilers prefer 256-bit registers on v4 unless told that wider ones are meant.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define MK_SUFFIX v4
#include "elementary.h"
#include "black.h"
#include "expiry.h"
#include "price.h"
#include "scan.h"
#include "one.h"
#undef MK_SUFFIX
#pragma clang attribute pop

static int32_t has_v3(void) { return __builtin_cpu_supports("x86-64-v3") ? 1 : 0; }
static int32_t has_v4(void) { return __builtin_cpu_supports("x86-64-v4") ? 1 : 0; }
#endif

static int32_t always(void) { return 1; }

typedef struct {
    const char *name;
    int32_t (*supported)(void);
    void (*price)(const mk_vector *, const mk_expiry *, const mk_option *, int32_t, mk_vector *, mk_vector *);
    void (*scan)(const mk_table *, const mk_section *, int32_t, const uint32_t *, const double *, mk_sums *, mk_vector *);
    double (*exponential)(double);
    double (*logarithm)(double);
    double (*normal)(double);
    double (*black)(double, double, double, double, double);
} variant;

static const variant variants[] = {
    {"portable", always, price_portable, scan_portable, one_exponential_portable, one_logarithm_portable, one_normal_portable, one_black_portable},
#if defined(__x86_64__)
    {"x86-64-v3", has_v3, price_v3, scan_v3, one_exponential_v3, one_logarithm_v3, one_normal_v3, one_black_v3},
    {"x86-64-v4", has_v4, price_v4, scan_v4, one_exponential_v4, one_logarithm_v4, one_normal_v4, one_black_v4},
#endif
};

enum { variant_count = sizeof variants / sizeof variants[0] };

// −1 until the first use. Any thread may write it: what they write gives the same bits.
static _Atomic int32_t selected = -1;

static const variant *in_use(void) {
    const int32_t chosen = __c11_atomic_load(&selected, __ATOMIC_RELAXED);
    return variants + (chosen >= 0 ? chosen : mk_variant_current());
}

int32_t mk_variant_count(void) { return variant_count; }

const char *mk_variant_name(int32_t index) { return index >= 0 && index < variant_count ? variants[index].name : ""; }

int32_t mk_variant_supported(int32_t index) {
    return index >= 0 && index < variant_count && variants[index].supported();
}

int32_t mk_variant_select(int32_t index) {
    if (!mk_variant_supported(index)) return 0;
    __c11_atomic_store(&selected, index, __ATOMIC_RELAXED);
    return 1;
}

int32_t mk_variant_current(void) {
    int32_t chosen = __c11_atomic_load(&selected, __ATOMIC_RELAXED);
    if (chosen >= 0) return chosen;
    for (chosen = variant_count - 1; !variants[chosen].supported(); chosen--) {
    }
    // A selection made meanwhile stands.
    int32_t none = -1;
    __c11_atomic_compare_exchange_strong(&selected, &none, chosen, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    return __c11_atomic_load(&selected, __ATOMIC_RELAXED);
}

void mk_price(const double *grid, const mk_expiry *expiry, const mk_option *options, int32_t count, double *rows,
              double *halves) {
    in_use()->price((const mk_vector *)grid, expiry, options, count, (mk_vector *)rows, (mk_vector *)halves);
}

void mk_scan(const mk_table *table, const mk_section *sections, int32_t count, const uint32_t *at, const double *lots,
             mk_sums *sums, double *nodes) {
    in_use()->scan(table, sections, count, at, lots, sums, (mk_vector *)nodes);
}

double mk_exponential(double x) { return in_use()->exponential(x); }

double mk_logarithm(double x) { return in_use()->logarithm(x); }

double mk_normal(double x) { return in_use()->normal(x); }

double mk_density(double x) { return 0.3989422804014327 * mk_exponential((x * x) * -0.5); }

double mk_black(double sign, double forward, double strike, double log_moneyness, double deviation) {
    return in_use()->black(sign, forward, strike, log_moneyness, deviation);
}
