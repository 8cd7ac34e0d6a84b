#include "CMarginLog.h"

#include <string.h>

int margin_log_is_zero(const void *bytes, size_t count) {
    const uint8_t *first = bytes;
    // If the first byte is zero and every byte equals its neighbour, all are zero.
    return count == 0 || (first[0] == 0 && memcmp(first, first + 1, count - 1) == 0);
}
