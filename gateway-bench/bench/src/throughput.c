/* Two ways to load: as fast as the answers come (closed loop), and at a fixed rate whatever comes (open loop). */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>

static struct histogram latencies;
static int64_t count_from, count_until, interval;
static uint64_t counted, errors, asked, answered;
static double cpu_at_start;
static const char *last_error = "none";
static bool stopping;

/* open loop: request number k is meant for start + k * interval; the idle clients wait on a stack */
static int64_t start;
static uint64_t due, sent;
static int *idle, idle_count;

static void note(struct client *c) {
    int64_t now = now_ns();
    answered++;
    if (c->status != 200) {
        static char text[32];
        snprintf(text, sizeof text, "status %d", c->status);
        errors++;
        last_error = text;
    } else if (now >= count_from && now < count_until) {
        counted++;
        histogram_add(&latencies, now - c->started_ns);
    }
}

static void closed_next(struct client *c) {
    if (!stopping) {
        c->started_ns = now_ns();
        asked++;
        client_request(c);
    }
}

static void closed_done(struct client *c) {
    note(c);
    closed_next(c);
}

static void note_failure(const char *why) {
    answered++;
    errors++;
    last_error = why;
}

static void closed_failed(struct client *c, const char *why) {
    note_failure(why);
    closed_next(c);
}

static void send_due(void) {
    while (sent < due && idle_count > 0) {
        struct client *c = client_at(idle[--idle_count]);
        c->started_ns = start + (int64_t)sent++ * interval;
        asked++;
        client_request(c);
    }
}

static void rate_done(struct client *c) {
    note(c);
    idle[idle_count++] = c->index;
    send_due();
}

static void rate_failed(struct client *c, const char *why) {
    note_failure(why);
    idle[idle_count++] = c->index;
}

void print_latencies(const struct histogram *h) {
    printf("p50_us=%.1f p90_us=%.1f p99_us=%.1f max_us=%.1f ", histogram_at(h, 0.5) / 1e3, histogram_at(h, 0.9) / 1e3,
           histogram_at(h, 0.99) / 1e3, (double)h->max / 1e3);
}

static int report(const struct options *o, double cpu_us) {
    uint64_t unanswered = asked - answered;
    printf("requests=%llu requests_per_s=%.0f errors=%llu ", (unsigned long long)counted, counted / o->seconds,
           (unsigned long long)(errors + unanswered));
    print_latencies(&latencies);
    printf("cpu_us_per_request=%.1f cpu_share=%.2f rss_mb=%.0f\n", counted == 0 ? 0 : cpu_us / counted,
           cpu_us / (o->seconds * 1e6), process_rss_kb(o) / 1024.0);
    if (errors + unanswered > 0) {
        fprintf(stderr, "load: %llu errors, %llu never answered, the last error: %s\n", (unsigned long long)errors,
                (unsigned long long)unanswered, last_error);
    }
    return errors + unanswered == 0 ? 0 : 3;
}

static void window(const struct options *o) {
    start = now_ns() + NS_PER_MS;
    count_from = start + (int64_t)(o->warmup * NS_PER_S);
    count_until = count_from + (int64_t)(o->seconds * NS_PER_S);
}

int run_closed(const struct options *o) {
    struct template t = template_build(o, 0);
    clients_open(o, o->connections, &t, (struct client_events){.done = closed_done, .failed = closed_failed});
    window(o);
    for (int i = 0; i < o->connections; i++) {
        closed_next(client_at(i));
    }
    while (now_ns() < count_from) {
        clients_poll(count_from);
    }
    cpu_at_start = process_cpu_us(o);
    while (now_ns() < count_until) {
        clients_poll(count_until);
    }
    double cpu = process_cpu_us(o) - cpu_at_start;
    stopping = true;
    for (int64_t limit = now_ns() + 5 * NS_PER_S; answered < asked && now_ns() < limit;) {
        clients_poll(limit);
    }
    return report(o, cpu);
}

int run_rate(const struct options *o) {
    struct template t = template_build(o, 0);
    idle = malloc(o->connections * sizeof *idle);
    clients_open(o, o->connections, &t, (struct client_events){.done = rate_done, .failed = rate_failed});
    for (int i = o->connections - 1; i >= 0; i--) {
        idle[idle_count++] = i;
    }
    window(o);
    interval = NS_PER_S / o->rate;
    clients_timer(start, interval);
    bool counting = false;
    for (int64_t now; (now = now_ns()) < count_until;) {
        if (!counting && now >= count_from) {
            counting = true;
            cpu_at_start = process_cpu_us(o);
        }
        if (now >= start) {
            due = (now - start) / interval + 1;
            send_due();
        }
        clients_poll(count_until);
    }
    double cpu = process_cpu_us(o) - cpu_at_start;
    uint64_t late = due - sent; /* meant to be sent, but every connection was busy */
    due = sent;
    for (int64_t limit = now_ns() + 5 * NS_PER_S; idle_count < o->connections && now_ns() < limit;) {
        clients_poll(limit);
    }
    if (late > 0) {
        fprintf(stderr, "load: the rate was not kept, %llu requests were never sent\n", (unsigned long long)late);
        errors += late;
    }
    return report(o, cpu);
}
