#include "CMarginLog.h"

#include <string.h>

// The five primes of the specification.
static const uint64_t prime1 = 0x9E3779B185EBCA87ull;
static const uint64_t prime2 = 0xC2B2AE3D27D4EB4Full;
static const uint64_t prime3 = 0x165667B19E3779F9ull;
static const uint64_t prime4 = 0x85EBCA77C2B2AE63ull;
static const uint64_t prime5 = 0x27D4EB2F165667C5ull;

static inline uint64_t rotate(uint64_t value, int bits) { return value << bits | value >> (64 - bits); }

static inline uint64_t load64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint32_t load32(const uint8_t *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

static inline uint64_t mixed(uint64_t lane, uint64_t word) { return rotate(lane + word * prime2, 31) * prime1; }

static inline uint64_t merged(uint64_t hash, uint64_t lane) { return (hash ^ mixed(0, lane)) * prime1 + prime4; }

uint64_t margin_log_xxh64(const void *start, size_t count, uint64_t seed) {
    const uint8_t *bytes = start;
    size_t left = count;
    uint64_t hash;

    if (left >= 32) {
        uint64_t a = seed + prime1 + prime2, b = seed + prime2, c = seed, d = seed - prime1;
        for (; left >= 32; bytes += 32, left -= 32) {
            a = mixed(a, load64(bytes));
            b = mixed(b, load64(bytes + 8));
            c = mixed(c, load64(bytes + 16));
            d = mixed(d, load64(bytes + 24));
        }
        hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
        hash = merged(merged(merged(merged(hash, a), b), c), d);
    } else {
        hash = seed + prime5;
    }

    hash += count;
    for (; left >= 8; bytes += 8, left -= 8) hash = rotate(hash ^ mixed(0, load64(bytes)), 27) * prime1 + prime4;
    if (left >= 4) {
        hash = rotate(hash ^ load32(bytes) * prime1, 23) * prime2 + prime3;
        bytes += 4;
        left -= 4;
    }
    for (; left > 0; bytes++, left--) hash = rotate(hash ^ *bytes * prime5, 11) * prime1;

    hash = (hash ^ hash >> 33) * prime2;
    hash = (hash ^ hash >> 29) * prime3;
    return hash ^ hash >> 32;
}
