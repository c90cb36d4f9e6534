/* The clock both sides stamp with: CLOCK_MONOTONIC in nanoseconds, comparable between processes of one machine. */
#ifndef CLOCK_H
#define CLOCK_H
#include <stdint.h>
#include <time.h>

#define NS_PER_S 1000000000LL
#define NS_PER_MS 1000000LL

static inline int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * NS_PER_S + t.tv_nsec;
}
#endif
