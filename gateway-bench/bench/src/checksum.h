/* FNV-1a, 64 bit, over a stream's bytes: the mock tells it in the last chunk, the load generator computes its own. */
#ifndef CHECKSUM_H
#define CHECKSUM_H
#include <stddef.h>
#include <stdint.h>

#define CHECKSUM_START 0xcbf29ce484222325ULL

static inline uint64_t checksum(uint64_t sum, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3ULL;
    }
    return sum;
}
#endif
