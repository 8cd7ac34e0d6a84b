#define _GNU_SOURCE
#include "CMarginLog.h"

#include <errno.h>
#include <time.h>

int margin_log_semaphore_wait(sem_t *semaphore, long milliseconds) {
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    long nanoseconds = deadline.tv_nsec + milliseconds % 1000 * 1000000;
    deadline.tv_sec += milliseconds / 1000 + nanoseconds / 1000000000;
    deadline.tv_nsec = nanoseconds % 1000000000;
    while (sem_clockwait(semaphore, CLOCK_MONOTONIC, &deadline) != 0)
        if (errno != EINTR) return -1;
    return 0;
}
