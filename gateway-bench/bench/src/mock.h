/* The mock provider's connection, shared by its HTTP side (mock.c) and its streams (mock_stream.c). */
#ifndef MOCK_H
#define MOCK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MAX_CONNECTIONS = 16384,
    INPUT_SIZE = 16 * 1024,      /* a request's head and the first of its body */
    BACKLOG_SIZE = 64 * 1024,    /* what a reader that stalls may leave unsent */
    BODY_SEEN = 4 * 1024         /* the part of a body that is searched; the rest is discarded in the kernel */
};

struct stream {
    bool active, wants_usage;
    int events, sent, pace_ms;   /* sent counts content chunks */
    int64_t due_ns;
    uint64_t sum;
    struct connection *next;     /* in its wheel slot */
    int slot;                    /* -1 when in none */
};

struct connection {
    int fd;
    char input[INPUT_SIZE];
    size_t filled;
    size_t body_left;            /* of the current request, not read yet */
    bool in_body, wants_stream, want_write;
    int events, pace_ms;
    bool wants_usage;
    char *backlog;               /* BACKLOG_SIZE bytes, allocated at the first need */
    size_t backlog_start, backlog_end;
    struct stream stream;
    struct connection *next_dropped;
};

/* Sends what the socket takes and keeps the rest; false when the connection broke or the backlog is full. */
bool connection_send(struct connection *c, const char *bytes, size_t n);
size_t connection_backlog(const struct connection *c);
void connection_drop(struct connection *c);
/* The stream has ended: the next request of the connection may be served. */
void connection_ready(struct connection *c);

void stream_begin(struct connection *c);
void stream_forget(struct connection *c);
/* Sends every event that is due. */
void streams_tick(int64_t now);
bool streams_active(void);
extern uint64_t events_sent;
#endif
