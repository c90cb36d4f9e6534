/* The HTTP/1.1 client: non-blocking, keep-alive, one epoll; responses are read by length or by chunks. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

static int epoll_fd, timer_fd, port, failures;
static struct client *clients;
static const struct template *request;
static struct client_events events;
static uint64_t serial;
static bool same;

static void watch(struct client *c, int operation, bool write) {
    struct epoll_event e = {.events = EPOLLIN | (write ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(epoll_fd, operation, c->fd, &e);
    c->want_write = write;
}

static void connect_client(struct client *c) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0) {
        fprintf(stderr, "load: cannot connect to 127.0.0.1:%d: %s\n", port, strerror(errno));
        exit(1);
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->busy = false;
    c->unsent = 0;
    watch(c, EPOLL_CTL_ADD, false);
}

void clients_open(const struct options *o, int count, const struct template *t, struct client_events e) {
    port = o->port;
    request = t;
    events = e;
    same = o->same;
    serial = now_ns() / NS_PER_MS % 1000000 * 1000000; /* differs from run to run */
    epoll_fd = epoll_create1(0);
    timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event watched = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, timer_fd, &watched);
    clients = calloc(count, sizeof *clients);
    for (int i = 0; i < count; i++) {
        clients[i].index = i;
        clients[i].prefix = malloc(t->prefix_length);
        memcpy(clients[i].prefix, t->prefix, t->prefix_length);
        connect_client(&clients[i]);
    }
}

struct client *client_at(int index) {
    return &clients[index];
}

void clients_timer(int64_t at_ns, int64_t every_ns) {
    struct itimerspec t = {.it_value = {at_ns / NS_PER_S, at_ns % NS_PER_S},
                           .it_interval = {every_ns / NS_PER_S, every_ns % NS_PER_S}};
    timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &t, NULL);
}

static void fail(struct client *c, const char *why) {
    bool lost = c->busy;
    close(c->fd);
    if (lost && ++failures > 10000) {
        fprintf(stderr, "load: given up after 10000 failed requests, the last one: %s\n", why);
        exit(1);
    }
    connect_client(c);
    if (lost) {
        events.failed(c, why);
    }
}

static void push(struct client *c) {
    size_t total = request->prefix_length + request->rest_length, sent = total - c->unsent;
    struct iovec parts[2];
    int count = 0;
    if (sent < request->prefix_length) {
        parts[count++] = (struct iovec){c->prefix + sent, request->prefix_length - sent};
        sent = request->prefix_length;
    }
    size_t at = sent - request->prefix_length;
    parts[count++] = (struct iovec){request->rest + at, request->rest_length - at};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    ssize_t n = sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN) {
        return; /* the read side learns why */
    }
    c->unsent -= n < 0 ? 0 : n;
    if ((c->unsent > 0) != c->want_write) {
        watch(c, EPOLL_CTL_MOD, c->unsent > 0);
    }
}

void client_request(struct client *c) {
    uint64_t number = same ? serial : ++serial;
    for (int i = 11; i >= 0; i--, number /= 10) {
        c->prefix[request->serial_at + i] = '0' + number % 10;
    }
    c->state = AT_HEAD;
    c->head_length = 0;
    c->busy = true;
    c->unsent = request->prefix_length + request->rest_length;
    push(c);
}

static void read_head(struct client *c) {
    c->status = c->head_length > 12 ? atoi(c->head + 9) : 0;
    c->state = BROKEN; /* unless a length is told */
    for (char *line = c->head; line != NULL && line < c->head + c->head_length; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncasecmp(line, "content-length:", 15) == 0) {
            c->left = strtoul(line + 15, NULL, 10);
            c->state = c->left == 0 ? ENDED : AT_BODY;
        } else if (strncasecmp(line, "transfer-encoding: chunked", 26) == 0) {
            c->left = 0;
            c->state = AT_CHUNK_SIZE;
        }
    }
}

static int hex(char x) {
    return x >= '0' && x <= '9' ? x - '0' : (x | 32) >= 'a' && (x | 32) <= 'f' ? (x | 32) - 'a' + 10 : -1;
}

static void feed(struct client *c, const char *p, const char *end) {
    while (p < end && c->state < ENDED) {
        size_t n = end - p;
        if (c->state == AT_HEAD) {
            c->head[c->head_length++] = *p++;
            if (c->head_length >= 4 && memcmp(c->head + c->head_length - 4, "\r\n\r\n", 4) == 0) {
                c->head[c->head_length] = 0;
                read_head(c);
            } else if (c->head_length == HEAD_SIZE - 1) {
                c->state = BROKEN;
            }
        } else if (c->state == AT_BODY || c->state == AT_CHUNK) {
            n = n < c->left ? n : c->left;
            if (events.body != NULL) {
                events.body(c, p, n);
            }
            p += n;
            c->left -= n;
            if (c->left == 0) {
                c->state = c->state == AT_BODY ? ENDED : AT_CHUNK_END;
            }
        } else if (c->state == AT_CHUNK_SIZE) {
            int digit = hex(*p);
            if (digit >= 0) {
                c->left = c->left * 16 + digit;
            } else if (*p == '\n') {
                c->head_length = 0;
                c->state = c->left == 0 ? AT_TRAILER : AT_CHUNK;
            } else if (*p != '\r') {
                c->state = BROKEN;
            }
            p++;
        } else if (c->state == AT_CHUNK_END) {
            c->state = *p == '\n' ? AT_CHUNK_SIZE : *p == '\r' ? AT_CHUNK_END : BROKEN;
            p++;
        } else { /* trailer: lines up to an empty one */
            if (*p == '\n') {
                c->state = c->head_length == 0 ? ENDED : AT_TRAILER;
                c->head_length = 0;
            } else if (*p != '\r') {
                c->head_length++;
            }
            p++;
        }
    }
    if (p < end) {
        c->state = BROKEN;
    }
}

static void receive(struct client *c) {
    static char buffer[256 * 1024];
    ssize_t n = recv(c->fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) {
        return;
    }
    if (n <= 0 || !c->busy) {
        fail(c, n == 0 ? "the connection was closed" : n < 0 ? strerror(errno) : "bytes without a request");
        return;
    }
    feed(c, buffer, buffer + n);
    if (c->state == BROKEN) {
        fail(c, "the response is no HTTP/1.1 with a length or chunks");
    } else if (c->state == ENDED) {
        c->busy = false;
        events.done(c);
    }
}

bool clients_poll(int64_t until_ns) {
    struct epoll_event ready[256];
    int64_t left = until_ns - now_ns();
    int n = epoll_wait(epoll_fd, ready, 256, left <= 0 ? 0 : (int)(left / NS_PER_MS) + 1);
    bool fired = false;
    for (int i = 0; i < n; i++) {
        struct client *c = ready[i].data.ptr;
        if (c == NULL) {
            uint64_t times;
            fired = read(timer_fd, &times, sizeof times) > 0 || fired;
            continue;
        }
        if ((ready[i].events & EPOLLOUT) && c->unsent > 0) {
            push(c);
        }
        if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
            receive(c);
        }
    }
    return fired;
}
