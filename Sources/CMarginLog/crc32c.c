#include "CMarginLog.h"

#include <string.h>

// Slicing by eight: table[k][b] is the checksum of byte b followed by k zero bytes.
static uint32_t table[8][256];

static uint32_t by_instruction(uint32_t state, const uint8_t *bytes, size_t count);
static uint32_t by_table(uint32_t state, const uint8_t *bytes, size_t count);
static int has_instruction(void);

static uint32_t (*advance)(uint32_t, const uint8_t *, size_t) = by_table;

// Filled before main, so that no later call has to ask whether it is the first.
__attribute__((constructor)) static void prepare(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ (0x82F63B78u & (0u - (value & 1)));
        table[0][byte] = value;
    }
    for (int slice = 1; slice < 8; slice++)
        for (int byte = 0; byte < 256; byte++) {
            uint32_t previous = table[slice - 1][byte];
            table[slice][byte] = (previous >> 8) ^ table[0][previous & 0xFF];
        }
    if (has_instruction()) advance = by_instruction;
}

static uint32_t by_table(uint32_t state, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint32_t low = state ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
        state = table[7][low & 0xFF] ^ table[6][(low >> 8) & 0xFF] ^ table[5][(low >> 16) & 0xFF] ^ table[4][low >> 24]
              ^ table[3][bytes[4]] ^ table[2][bytes[5]] ^ table[1][bytes[6]] ^ table[0][bytes[7]];
    }
    for (; count > 0; bytes++, count--) state = (state >> 8) ^ table[0][(state ^ *bytes) & 0xFF];
    return state;
}

#if defined(__x86_64__)

static int has_instruction(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2");
}

__attribute__((target("sse4.2")))
static uint32_t by_instruction(uint32_t state, const uint8_t *bytes, size_t count) {
    uint64_t wide = state;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    state = (uint32_t)wide;
    for (; count > 0; bytes++, count--) state = __builtin_ia32_crc32qi(state, *bytes);
    return state;
}

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)

#include <arm_acle.h>

static int has_instruction(void) { return 1; }

static uint32_t by_instruction(uint32_t state, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        state = __crc32cd(state, word);
    }
    for (; count > 0; bytes++, count--) state = __crc32cb(state, *bytes);
    return state;
}

#else

static int has_instruction(void) { return 0; }

static uint32_t by_instruction(uint32_t state, const uint8_t *bytes, size_t count) { return by_table(state, bytes, count); }

#endif

uint32_t margin_log_crc32c(uint32_t checksum, const void *bytes, size_t count) {
    return ~advance(~checksum, bytes, count);
}

uint32_t margin_log_crc32c_portable(uint32_t checksum, const void *bytes, size_t count) {
    return ~by_table(~checksum, bytes, count);
}
