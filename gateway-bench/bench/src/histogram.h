/* Latencies in logarithmic buckets of under 1 % width: constant memory, whatever the number of samples. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H
#include <stdint.h>
#include <string.h>

enum { SUB_BITS = 7, BUCKETS = (64 - SUB_BITS) << SUB_BITS };

struct histogram {
    uint64_t count, max;
    uint64_t buckets[BUCKETS];
};

static inline int histogram_bucket(uint64_t value) {
    if (value < (1 << SUB_BITS)) {
        return (int)value;
    }
    int shift = 63 - __builtin_clzll(value) - SUB_BITS;
    return (int)(((uint64_t)(shift + 1) << SUB_BITS) + ((value >> shift) & ((1 << SUB_BITS) - 1)));
}

static inline void histogram_add(struct histogram *h, int64_t value) {
    uint64_t v = value < 0 ? 0 : (uint64_t)value;
    h->count++;
    h->max = v > h->max ? v : h->max;
    h->buckets[histogram_bucket(v)]++;
}

/* The middle of the bucket that holds the quantile; 0 without samples. */
static inline double histogram_at(const struct histogram *h, double quantile) {
    uint64_t rank = (uint64_t)(quantile * (double)h->count), seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += h->buckets[i];
        if (seen > rank) {
            int shift = i >> SUB_BITS;
            if (shift == 0) {
                return i;
            }
            uint64_t low = ((1ULL << SUB_BITS) | (uint64_t)(i & ((1 << SUB_BITS) - 1))) << (shift - 1);
            return (double)low + (double)(1ULL << (shift - 1)) / 2;
        }
    }
    return (double)h->max;
}
#endif
