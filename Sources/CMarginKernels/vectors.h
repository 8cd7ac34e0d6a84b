// Vectors, and names that differ by variant: what every file that is compiled once per instruction set begins with.
#pragma once
#include <stdint.h>

// Vectors are passed to functions that are always inlined only, so no calling convention is involved.
#pragma clang diagnostic ignored "-Wpsabi"

// Aligned as doubles are: callers own the memory, and an unaligned load of aligned memory costs nothing.
typedef double mk_vector __attribute__((ext_vector_type(8), aligned(8)));
typedef int64_t mk_bits __attribute__((ext_vector_type(8)));

#define MK_INLINE static inline __attribute__((always_inline))
#define MK_JOIN2(name, suffix) name##_##suffix
#define MK_JOIN(name, suffix) MK_JOIN2(name, suffix)
#define MK(name) MK_JOIN(name, MK_SUFFIX)
