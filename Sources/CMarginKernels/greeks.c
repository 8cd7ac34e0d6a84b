// Sensitivities of many options, compiled once per instruction set like the kernels of variants.c.

#include "CMarginGreeks.h"
#include "CMarginKernels.h"

#pragma STDC FP_CONTRACT OFF

#include "vectors.h"

#define MK_SUFFIX portable
#include "elementary.h"
#include "black.h"
#include "greeks.h"
#undef MK_SUFFIX

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define MK_SUFFIX v3
#include "elementary.h"
#include "black.h"
#include "greeks.h"
#undef MK_SUFFIX
#pragma clang attribute pop

// Compilers prefer 256-bit registers on v4 unless told that wider ones are meant.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define MK_SUFFIX v4
#include "elementary.h"
#include "black.h"
#include "greeks.h"
#undef MK_SUFFIX
#pragma clang attribute pop
#endif

typedef void (*greeks_function)(const mk_greek_options *, int32_t, int64_t, const mk_greek_results *);

// In the order of the variants.
static const greeks_function functions[] = {
    greeks_portable,
#if defined(__x86_64__)
    greeks_v3,
    greeks_v4,
#endif
};

void mk_greeks(const mk_greek_options *options, int32_t is_inverse, int64_t count, const mk_greek_results *results) {
    functions[mk_variant_current()](options, is_inverse, count, results);
}
