#ifndef C_MARGIN_LOG_H
#define C_MARGIN_LOG_H

#include <semaphore.h>
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of `count` bytes, continuing from `checksum`; 0 begins.
/// Uses the processor's CRC instruction where it has one.
uint32_t margin_log_crc32c(uint32_t checksum, const void *bytes, size_t count);

/// The same by table: for processors without the instruction, and the oracle of the other in the tests.
uint32_t margin_log_crc32c_portable(uint32_t checksum, const void *bytes, size_t count);

/// XXH64 of `count` bytes as its published specification defines it.
uint64_t margin_log_xxh64(const void *bytes, size_t count, uint64_t seed);

/// 1 if all `count` bytes are zero.
int margin_log_is_zero(const void *bytes, size_t count);

/// Waits for a post at most `milliseconds` of the monotonic clock; 0 if there was one, -1 if the time has passed.
/// Here because sem_clockwait is an extension that is not visible outside C, and the wall clock may jump.
int margin_log_semaphore_wait(sem_t *semaphore, long milliseconds);

#endif
