/* The mock's streams: a wheel of 1 ms slots; each stream sends one chunk per pace, stamped when it is written. */
#define _GNU_SOURCE
#include "checksum.h"
#include "clock.h"
#include "mock.h"

#include <stdio.h>
#include <string.h>

enum { SLOTS = 1024, EVENT_SIZE = 1024 };

#define CHUNK_START "data: {\"id\":\"chatcmpl-BenchA1b2C3d4E5f6G7h8I9j0\",\"object\":\"chat.completion.chunk\"," \
                    "\"created\":1763800000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\"," \
                    "\"system_fingerprint\":\"fp_0123456789\",\"choices\":["

static struct connection *wheel[SLOTS];
static int64_t last_tick;
static int active;
uint64_t events_sent;

bool streams_active(void) {
    return active > 0;
}

static void schedule(struct connection *c, int64_t tick) {
    int slot = tick % SLOTS;
    c->stream.slot = slot;
    c->stream.next = wheel[slot];
    wheel[slot] = c;
}

void stream_forget(struct connection *c) {
    if (!c->stream.active) {
        return;
    }
    c->stream.active = false;
    active--;
    if (c->stream.slot >= 0) {
        for (struct connection **at = &wheel[c->stream.slot]; *at != NULL; at = &(*at)->stream.next) {
            if (*at == c) {
                *at = c->stream.next;
                break;
            }
        }
        c->stream.slot = -1;
    }
}

/* One event as one HTTP chunk in one write. */
static bool send_event(struct connection *c, const char *event, int length) {
    char framed[EVENT_SIZE + 16];
    int n = snprintf(framed, sizeof framed, "%x\r\n%.*s\r\n", length, length, event);
    c->stream.sum = checksum(c->stream.sum, event, length);
    events_sent++;
    return connection_send(c, framed, n);
}

static bool send_content(struct connection *c) {
    char event[EVENT_SIZE];
    int n = snprintf(event, sizeof event,
                     CHUNK_START "{\"index\":0,\"delta\":{\"content\":\"%07d %019lld token \"},\"logprobs\":null,"
                                 "\"finish_reason\":null}]}\n\n",
                     c->stream.sent++, (long long)now_ns());
    return send_event(c, event, n);
}

static bool send_last(struct connection *c) {
    char event[EVENT_SIZE];
    int n = snprintf(event, sizeof event,
                     CHUNK_START "{\"index\":0,\"delta\":{\"content\":\"sum %016llx\"},\"logprobs\":null,"
                                 "\"finish_reason\":\"stop\"}]}\n\n",
                     (unsigned long long)c->stream.sum);
    if (!send_event(c, event, n)) {
        return false;
    }
    if (c->stream.wants_usage) {
        n = snprintf(event, sizeof event,
                     CHUNK_START "],\"usage\":{\"prompt_tokens\":412,\"completion_tokens\":%d,\"total_tokens\":%d,"
                                 "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                                 "\"completion_tokens_details\":{\"reasoning_tokens\":0}}}\n\n",
                     c->stream.events, c->stream.events + 412);
        if (!send_event(c, event, n)) {
            return false;
        }
    }
    return send_event(c, "data: [DONE]\n\n", 14) && connection_send(c, "0\r\n\r\n", 5);
}

void stream_begin(struct connection *c) {
    static const char head[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
                               "transfer-encoding: chunked\r\ncache-control: no-cache\r\n"
                               "x-request-id: req_0123456789abcdef0123456789abcdef\r\nopenai-processing-ms: 1\r\n\r\n";
    static const char first[] = CHUNK_START "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                                            "\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    int64_t now = now_ns();
    c->stream = (struct stream){.active = true, .events = c->events, .pace_ms = c->pace_ms,
                                .wants_usage = c->wants_usage, .sum = CHECKSUM_START, .slot = -1};
    if (active++ == 0) {
        last_tick = now / NS_PER_MS;
    }
    if (!connection_send(c, head, sizeof head - 1) || !send_event(c, first, sizeof first - 1)) {
        connection_drop(c);
        return;
    }
    c->stream.due_ns = now + c->pace_ms * NS_PER_MS;
    schedule(c, c->stream.due_ns / NS_PER_MS);
}

static void advance(struct connection *c, int64_t tick) {
    struct stream *s = &c->stream;
    if (s->due_ns / NS_PER_MS > tick) {
        schedule(c, s->due_ns / NS_PER_MS); /* the wheel came round before its time */
        return;
    }
    if (connection_backlog(c) > BACKLOG_SIZE - 4 * EVENT_SIZE) {
        schedule(c, tick + 1); /* the reader stalls: wait for it */
        return;
    }
    if (s->sent < s->events) {
        if (!send_content(c)) {
            connection_drop(c);
            return;
        }
        s->due_ns += s->pace_ms * NS_PER_MS;
        if (s->due_ns / NS_PER_MS <= tick) {
            s->due_ns = (tick + 1) * NS_PER_MS;
        }
        schedule(c, s->due_ns / NS_PER_MS);
        return;
    }
    bool sent = send_last(c);
    stream_forget(c);
    if (sent) {
        connection_ready(c);
    } else {
        connection_drop(c);
    }
}

void streams_tick(int64_t now) {
    int64_t tick = now / NS_PER_MS;
    if (tick - last_tick > SLOTS) {
        last_tick = tick - SLOTS; /* every slot once is enough */
    }
    while (last_tick < tick) {
        int slot = ++last_tick % SLOTS;
        struct connection *c = wheel[slot];
        wheel[slot] = NULL;
        while (c != NULL) {
            struct connection *next = c->stream.next;
            c->stream.slot = -1;
            advance(c, tick);
            c = next;
        }
    }
}
