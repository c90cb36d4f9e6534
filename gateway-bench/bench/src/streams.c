/*
 * Concurrent streams, each checked to the last byte: every event's number in order, the mock's checksum over all bytes,
 * [DONE], and the end of the chunks. An event's lateness is its arrival minus the time the mock stamped into it.
 */
#define _GNU_SOURCE
#include "checksum.h"
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT_SIZE = 4096 };

struct reading {
    char event[EVENT_SIZE];
    size_t length;
    uint64_t sum;
    int next;
    bool summed, done, finished;
    const char *defect;
};

static struct histogram lateness;
static struct reading *readings;
static int64_t window_from, window_until;
static int64_t pace_ns;
static uint64_t chunks, chunks_in_window, held, bytes;
static int expected, complete, finished;
static const char *first_defect;

static void defect(struct reading *r, const char *what) {
    r->defect = r->defect == NULL ? what : r->defect;
}

static void take_event(struct reading *r, int64_t now) {
    r->event[r->length] = 0;
    if (r->event[0] == ':') {
        return; /* a comment keeps the connection alive and belongs to no answer */
    }
    if (strcmp(r->event, "data: [DONE]\n\n") == 0) {
        r->done = true;
        return;
    }
    const char *content = strstr(r->event, "\"delta\":{\"content\":\"");
    int number;
    long long stamp;
    unsigned long long sum;
    if (content != NULL && sscanf(content + 20, "%d %lld token", &number, &stamp) == 2) {
        chunks++;
        if (number != r->next++) {
            defect(r, "an event is missing or out of order");
        }
        if (now >= window_from && now < window_until) {
            chunks_in_window++;
            histogram_add(&lateness, now - stamp);
            held += now - stamp >= pace_ns; /* its successor was on the way before it came */
        }
    } else if (content != NULL && sscanf(content + 20, "sum %llx", &sum) == 1) {
        r->summed = true;
        if (sum != r->sum) {
            defect(r, "the bytes differ from those the mock sent");
        }
    } else if (strstr(r->event, "\"error\"") != NULL) {
        defect(r, "an error event");
    }
    r->sum = checksum(r->sum, r->event, r->length);
}

static void stream_body(struct client *c, const char *p, size_t n) {
    struct reading *r = &readings[c->index];
    int64_t now = now_ns();
    bytes += n;
    for (size_t i = 0; i < n; i++) {
        r->event[r->length++] = p[i];
        if (p[i] == '\n' && r->length >= 2 && r->event[r->length - 2] == '\n') {
            take_event(r, now);
            r->length = 0;
        } else if (r->length == EVENT_SIZE - 1) {
            defect(r, "an event is longer than any the mock sends");
            r->length = 0;
        }
    }
}

static void finish(struct reading *r) {
    if (r->finished) {
        return;
    }
    r->finished = true;
    finished++;
    if (r->defect == NULL && (r->next != expected || !r->summed || !r->done || r->length != 0)) {
        defect(r, "the stream ended early");
    }
    if (r->defect == NULL) {
        complete++;
    } else if (first_defect == NULL) {
        first_defect = r->defect;
    }
}

static void stream_done(struct client *c) {
    if (c->status != 200) {
        defect(&readings[c->index], "the status is not 200");
    }
    finish(&readings[c->index]);
}

static void stream_failed(struct client *c, const char *why) {
    defect(&readings[c->index], why);
    finish(&readings[c->index]);
}

int run_streams(const struct options *o) {
    struct options small = *o;
    small.body = 2048;
    int64_t ramp = (int64_t)(o->ramp * NS_PER_S), settle = (int64_t)(o->warmup * NS_PER_S);
    expected = (int)((o->ramp + o->warmup + o->seconds) * 1000 / o->pace_ms) + 1;
    struct template t = template_build(&small, expected);
    pace_ns = o->pace_ms * NS_PER_MS;
    readings = calloc(o->streams, sizeof *readings);
    for (int i = 0; i < o->streams; i++) {
        readings[i].sum = CHECKSUM_START;
    }
    clients_open(o, o->streams, &t,
                 (struct client_events){.body = stream_body, .done = stream_done, .failed = stream_failed});
    int64_t start = now_ns(), limit;
    window_from = start + ramp + settle;
    window_until = start + (int64_t)expected * o->pace_ms * NS_PER_MS;
    limit = window_until + ramp + 15 * NS_PER_S;
    clients_timer(start + NS_PER_MS, NS_PER_MS);
    double cpu_from = -1, cpu = -1;
    long rss = 0;
    int64_t rss_at = 0;
    for (int started = 0; finished < o->streams && now_ns() < limit;) {
        int64_t now = now_ns();
        while (started < o->streams && now - start >= ramp * started / o->streams) {
            client_request(client_at(started++));
        }
        if (cpu_from < 0 && now >= window_from) {
            cpu_from = process_cpu_us(o);
        }
        if (cpu < 0 && now >= window_until) {
            cpu = process_cpu_us(o) - cpu_from;
        }
        if (now >= rss_at) {
            long kb = process_rss_kb(o);
            rss = kb > rss ? kb : rss;
            rss_at = now + 200 * NS_PER_MS;
        }
        clients_poll(limit);
    }
    cpu = cpu < 0 ? 0 : cpu;
    printf("streams=%d complete=%d chunks=%llu chunks_expected=%llu bytes=%llu chunks_per_s=%.0f ", o->streams, complete,
           (unsigned long long)chunks, (unsigned long long)expected * o->streams, (unsigned long long)bytes,
           chunks_in_window * 1e9 / (double)(window_until - window_from));
    print_latencies(&lateness);
    printf("held_share=%.5f cpu_us_per_chunk=%.2f rss_mb=%.0f\n",
           chunks_in_window == 0 ? 0 : (double)held / chunks_in_window,
           chunks_in_window == 0 ? 0 : cpu / chunks_in_window, rss / 1024.0);
    if (complete < o->streams) {
        fprintf(stderr, "load: %d of %d streams are not whole: %s\n", o->streams - complete, o->streams,
                finished < o->streams ? "some never ended" : first_defect);
    }
    return complete == o->streams ? 0 : 3;
}
