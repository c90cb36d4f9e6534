/* The load generator's parts: options and results (load.c), HTTP client (client.c), one file per mode. */
#ifndef LOAD_H
#define LOAD_H
#include "clock.h"
#include "histogram.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_PIDS = 16, HEAD_SIZE = 8192, MAX_CLIENTS = 16384 };

struct options {
    int port, connections, rate, streams, pace_ms;
    long body;
    double seconds, warmup, ramp;
    const char *temperature; /* of the requests; NULL leaves it out */
    bool ask_usage;          /* in streams */
    bool chat;               /* many short turns behind wordy instructions, without a cap: there is something to shape */
    bool same;               /* one request again and again, for a cache to answer */
    int pids[MAX_PIDS], pid_count; /* whose CPU time and memory is told */
};

/* --- template.c: a request; each connection has its own prefix, which holds a serial number, and shares the rest. */
struct template {
    char *prefix, *rest;
    size_t prefix_length, rest_length, serial_at;
};
/* events = 0: no stream. The body is o->body bytes long, or as short as possible if that is less. */
struct template template_build(const struct options *o, int events);

/* --- client.c: keep-alive connections to 127.0.0.1, one request at a time each. */
enum response_state { AT_HEAD, AT_BODY, AT_CHUNK_SIZE, AT_CHUNK, AT_CHUNK_END, AT_TRAILER, ENDED, BROKEN };

struct client {
    int fd;
    enum response_state state;
    int status;
    size_t left;       /* of the body or the chunk */
    size_t unsent;     /* of the request */
    bool busy, want_write;
    char *prefix;      /* its own copy */
    char head[HEAD_SIZE];
    size_t head_length;
    int64_t started_ns;
    int index;
    void *user;
};

struct client_events {
    void (*body)(struct client *c, const char *bytes, size_t n); /* may be NULL */
    void (*done)(struct client *c);                              /* the response is whole; status is set */
    void (*failed)(struct client *c, const char *why);           /* a request was lost; the client is reconnected */
};

void clients_open(const struct options *o, int count, const struct template *t, struct client_events events);
struct client *client_at(int index);
/* Sends the next request, stamped with a fresh serial number. The client must not be busy. */
void client_request(struct client *c);
/* Handles what is ready; waits until something is, the timer set by clients_timer fires, or the limit is over. */
bool clients_poll(int64_t until_ns); /* true when the timer fired */
void clients_timer(int64_t at_ns, int64_t every_ns);

/* --- process.c: CPU time and memory of the processes watched, threads included. */
double process_cpu_us(const struct options *o);
long process_rss_kb(const struct options *o);

/* --- modes: each prints its figures as name=value and returns an exit status. */
int run_closed(const struct options *o);
int run_rate(const struct options *o);
int run_streams(const struct options *o);
int run_startup(const struct options *o, char **command);
void print_latencies(const struct histogram *h);
#endif
