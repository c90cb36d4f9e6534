/* CPU time and memory from /proc: utime and stime of a process cover all its threads. */
#include "load.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

double process_cpu_us(const struct options *o) {
    double ticks = 0;
    for (int i = 0; i < o->pid_count; i++) {
        char path[64], line[1024];
        snprintf(path, sizeof path, "/proc/%d/stat", o->pids[i]);
        FILE *f = fopen(path, "r");
        if (f == NULL) {
            continue;
        }
        size_t n = fread(line, 1, sizeof line - 1, f);
        fclose(f);
        line[n] = 0;
        unsigned long user, system;
        char *fields = strrchr(line, ')'); /* the name before may hold anything */
        if (fields != NULL
            && sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2) {
            ticks += (double)(user + system);
        }
    }
    return ticks * 1e6 / (double)sysconf(_SC_CLK_TCK);
}

long process_rss_kb(const struct options *o) {
    long sum = 0;
    for (int i = 0; i < o->pid_count; i++) {
        char path[64], line[256];
        snprintf(path, sizeof path, "/proc/%d/status", o->pids[i]);
        FILE *f = fopen(path, "r");
        long kb;
        while (f != NULL && fgets(line, sizeof line, f) != NULL) {
            if (sscanf(line, "VmRSS: %ld", &kb) == 1) {
                sum += kb;
            }
        }
        if (f != NULL) {
            fclose(f);
        }
    }
    return sum;
}
