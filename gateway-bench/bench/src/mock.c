/*
 * A provider that costs next to nothing: HTTP/1.1 with keep-alive on one thread. A request is answered when its whole
 * body has been read: with a chat completion, or, where the body's first 4 KiB ask for "stream":true, with SSE events
 * at a fixed pace. "[events=N pace-ms=P]" in the prompt overrides the defaults.
 *
 *   mock --port N [--events N] [--pace-ms P]
 */
#define _GNU_SOURCE
#include "mock.h"

#include "clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

static const char COMPLETION[] =
    "{\"id\":\"chatcmpl-BenchA1b2C3d4E5f6G7h8I9j0\",\"object\":\"chat.completion\",\"created\":1763800000,"
    "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
    "\"A connection pool keeps a bounded set of open connections and lends them out. The bound protects the database, "
    "and reuse saves the handshake.\\n\\nThree settings matter:\\n1. **Size**: start near the number of cores times "
    "two and measure.\\n2. **Time to wait**: a caller that waits longer than its own deadline is better refused.\\n"
    "3. **Lifetime**: retire a connection before the server or a firewall does.\\n\\nWatch the time spent waiting for "
    "a connection; it tells more than the share in use.\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
    "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":412,\"completion_tokens\":103,\"total_tokens\":515,"
    "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":"
    "{\"reasoning_tokens\":0,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
    "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_0123456789\"}";

static char answer[4096];
static size_t answer_length;
static int epoll_fd, default_events = 100, default_pace_ms = 20;
static uint64_t requests;
static struct connection *dropped; /* closed in this round of events, which may still name them */
static volatile sig_atomic_t stop;

static void on_signal(int signal) {
    (void)signal;
    stop = 1;
}

static void watch(struct connection *c, int operation, bool write) {
    struct epoll_event e = {.events = EPOLLIN | (write ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(epoll_fd, operation, c->fd, &e);
    c->want_write = write;
}

size_t connection_backlog(const struct connection *c) {
    return c->backlog_end - c->backlog_start;
}

void connection_drop(struct connection *c) {
    if (c->fd >= 0) {
        stream_forget(c);
        close(c->fd);
        c->fd = -1;
        c->next_dropped = dropped;
        dropped = c;
    }
}

static void free_dropped(void) {
    while (dropped != NULL) {
        struct connection *c = dropped;
        dropped = c->next_dropped;
        free(c->backlog);
        free(c);
    }
}

static bool flush_backlog(struct connection *c) {
    while (connection_backlog(c) > 0) {
        ssize_t n = send(c->fd, c->backlog + c->backlog_start, connection_backlog(c), MSG_NOSIGNAL);
        if (n < 0) {
            return errno == EAGAIN;
        }
        c->backlog_start += n;
    }
    c->backlog_start = c->backlog_end = 0;
    if (c->want_write) {
        watch(c, EPOLL_CTL_MOD, false);
    }
    return true;
}

bool connection_send(struct connection *c, const char *bytes, size_t n) {
    ssize_t sent = 0;
    if (connection_backlog(c) == 0) {
        sent = send(c->fd, bytes, n, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        sent = sent < 0 ? 0 : sent;
    }
    if ((size_t)sent == n) {
        return true;
    }
    if (c->backlog == NULL) {
        c->backlog = malloc(BACKLOG_SIZE);
    }
    size_t left = n - sent;
    if (c->backlog == NULL || c->backlog_end + left > BACKLOG_SIZE) {
        return false;
    }
    memcpy(c->backlog + c->backlog_end, bytes + sent, left);
    c->backlog_end += left;
    if (!c->want_write) {
        watch(c, EPOLL_CTL_MOD, true);
    }
    return true;
}

static void respond(struct connection *c) {
    requests++;
    if (c->wants_stream) {
        stream_begin(c);
    } else if (!connection_send(c, answer, answer_length)) {
        connection_drop(c);
    }
}

/* The length of a body, 0 without one, -1 when it is chunked or absurd. */
static long content_length(const char *head, const char *end) {
    for (const char *line = head; line < end;) {
        const char *next = memchr(line, '\n', end - line);
        next = next == NULL ? end : next + 1;
        if (strncasecmp(line, "content-length:", 15) == 0) {
            long length = strtol(line + 15, NULL, 10);
            return length < 0 || length > (1L << 30) ? -1 : length;
        }
        if (strncasecmp(line, "transfer-encoding:", 18) == 0) {
            return -1;
        }
        line = next;
    }
    return 0;
}

static void look_into(struct connection *c, const char *body, size_t n) {
    n = n < BODY_SEEN ? n : BODY_SEEN;
    c->wants_stream = memmem(body, n, "\"stream\":true", 13) != NULL || memmem(body, n, "\"stream\": true", 14) != NULL;
    c->events = default_events;
    c->pace_ms = default_pace_ms;
    if (c->wants_stream) {
        c->wants_usage = memmem(body, n, "\"include_usage\":true", 20) != NULL
                         || memmem(body, n, "\"include_usage\": true", 21) != NULL;
        const char *order = memmem(body, n, "[events=", 8);
        int events, pace;
        if (order != NULL && sscanf(order, "[events=%d pace-ms=%d]", &events, &pace) == 2 && events > 0
            && events <= 1000000 && pace > 0 && pace <= 60000) {
            c->events = events;
            c->pace_ms = pace;
        }
    }
}

/* Serves the whole requests that stand in the input; false when the connection must go. */
static bool serve(struct connection *c) {
    while (c->filled > 0 && !c->stream.active) {
        char *end = memmem(c->input, c->filled, "\r\n\r\n", 4);
        if (end == NULL) {
            return c->filled < INPUT_SIZE - 1;
        }
        size_t head = end + 4 - c->input;
        long body = content_length(c->input, end + 2);
        if (body < 0) {
            static const char refusal[] = "HTTP/1.1 411 Length Required\r\ncontent-length: 0\r\n\r\n";
            connection_send(c, refusal, sizeof refusal - 1);
            return false;
        }
        size_t here = c->filled - head;
        size_t seen_at_least = (size_t)body < BODY_SEEN ? (size_t)body : BODY_SEEN;
        if (here < seen_at_least) {
            return true; /* fits the input: heads are far below its size */
        }
        c->input[c->filled] = 0;
        look_into(c, c->input + head, here < (size_t)body ? here : (size_t)body);
        if (here < (size_t)body) {
            c->in_body = true;
            c->body_left = body - here;
            c->filled = 0;
            return true;
        }
        memmove(c->input, c->input + head + body, here - body);
        c->filled = here - body;
        respond(c);
        if (c->fd < 0) {
            return true;
        }
    }
    return true;
}

void connection_ready(struct connection *c) {
    if (!serve(c)) {
        connection_drop(c);
    }
}

static void readable(struct connection *c) {
    if (c->in_body) {
        /* On TCP, MSG_TRUNC discards without copying: the body is counted, not looked at. */
        static char unread[1 << 20];
        ssize_t n = recv(c->fd, unread, c->body_left < sizeof unread ? c->body_left : sizeof unread, MSG_TRUNC);
        if (n <= 0) {
            if (n == 0 || errno != EAGAIN) {
                connection_drop(c);
            }
            return;
        }
        c->body_left -= n;
        if (c->body_left == 0) {
            c->in_body = false;
            respond(c);
        }
        return;
    }
    size_t room = INPUT_SIZE - 1 - c->filled;
    ssize_t n = room == 0 ? 0 : recv(c->fd, c->input + c->filled, room, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) {
            connection_drop(c);
        }
        return;
    }
    c->filled += n;
    if (!serve(c)) {
        connection_drop(c);
    }
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 4096) != 0) {
        fprintf(stderr, "mock: cannot listen on 127.0.0.1:%d: %s\n", port, strerror(errno));
        exit(1);
    }
    return fd;
}

static void accept_all(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        int on = 1;
        struct connection *c = fd < MAX_CONNECTIONS ? calloc(1, sizeof *c) : NULL;
        if (c == NULL) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        c->fd = fd;
        c->stream.slot = -1;
        watch(c, EPOLL_CTL_ADD, false);
    }
}

static void build_answer(void) {
    answer_length = snprintf(answer, sizeof answer,
                             "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n"
                             "x-request-id: req_0123456789abcdef0123456789abcdef\r\nopenai-processing-ms: 1\r\n"
                             "openai-version: 2020-10-01\r\nx-ratelimit-limit-requests: 30000\r\n"
                             "x-ratelimit-remaining-requests: 29999\r\n\r\n%s",
                             sizeof COMPLETION - 1, COMPLETION);
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"port", 1, 0, 'p'}, {"events", 1, 0, 'e'}, {"pace-ms", 1, 0, 'm'}, {0, 0, 0, 0}};
    int port = 0;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        int value = optarg == NULL ? 0 : atoi(optarg);
        if (value <= 0) {
            fprintf(stderr, "usage: mock --port N [--events N] [--pace-ms P], all above 0\n");
            return 2;
        }
        *(o == 'p' ? &port : o == 'e' ? &default_events : &default_pace_ms) = value;
    }
    build_answer();
    epoll_fd = epoll_create1(0);
    int listener = listen_on(port), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event watched = {.events = EPOLLIN, .data.ptr = &listener};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &watched);
    watched.data.ptr = &timer;
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, timer, &watched);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    bool ticking = false;
    while (!stop) {
        struct epoll_event ready[512];
        int n = epoll_wait(epoll_fd, ready, 512, -1);
        for (int i = 0; i < n; i++) {
            struct connection *c = ready[i].data.ptr;
            if ((void *)c == &listener) {
                accept_all(listener);
                continue;
            }
            if ((void *)c == &timer) {
                uint64_t expired;
                if (read(timer, &expired, sizeof expired) > 0) {
                    streams_tick(now_ns());
                }
                continue;
            }
            if (c->fd >= 0 && (ready[i].events & EPOLLOUT) && !flush_backlog(c)) {
                connection_drop(c);
            }
            if (c->fd >= 0 && (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) {
                readable(c);
            }
        }
        free_dropped();
        if (streams_active() != ticking) {
            ticking = !ticking;
            long every = ticking ? NS_PER_MS : 0;
            struct itimerspec rhythm = {.it_interval.tv_nsec = every, .it_value.tv_nsec = every};
            timerfd_settime(timer, 0, &rhythm, NULL);
        }
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("requests=%llu events=%llu cpu_s=%.2f\n", (unsigned long long)requests, (unsigned long long)events_sent,
           used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
