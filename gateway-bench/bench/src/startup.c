/* From exec to the first answered request: starts a server, asks until it answers 200, then ends it. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The status of one request on a fresh connection, 0 when there was no answer. */
static int ask(int port, const struct template *t) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 5};
    char answer[4096];
    int status = 0, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0
        && send(fd, t->prefix, t->prefix_length, MSG_NOSIGNAL | MSG_MORE) == (ssize_t)t->prefix_length
        && send(fd, t->rest, t->rest_length, MSG_NOSIGNAL) == (ssize_t)t->rest_length) {
        ssize_t n = recv(fd, answer, sizeof answer - 1, 0);
        answer[n < 0 ? 0 : n] = 0;
        status = n > 12 ? atoi(answer + 9) : 0;
    }
    close(fd);
    return status;
}

static void end(pid_t child) {
    kill(-child, SIGTERM);
    for (int i = 0; i < 1500; i++) {
        if (waitpid(child, NULL, WNOHANG) == child) {
            return;
        }
        usleep(10000);
    }
    kill(-child, SIGKILL);
    waitpid(child, NULL, 0);
}

int run_startup(const struct options *o, char **command) {
    struct template t = template_build(o, 0);
    if (ask(o->port, &t) != 0) {
        fprintf(stderr, "load: something already answers on port %d\n", o->port);
        return 1;
    }
    int64_t start = now_ns();
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, 1);
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    setpgid(child, child);
    int status = 0;
    int64_t limit = start + 60 * NS_PER_S;
    while (status != 200 && now_ns() < limit && waitpid(child, NULL, WNOHANG) == 0) {
        status = ask(o->port, &t);
        if (status != 200) {
            usleep(1000);
        }
    }
    double ms = (double)(now_ns() - start) / 1e6;
    if (status == 200) {
        struct histogram early = {0};
        for (int i = 0; i < 100; i++) { /* what a fresh instance does to its first callers */
            int64_t asked = now_ns();
            ask(o->port, &t);
            histogram_add(&early, now_ns() - asked);
        }
        printf("startup_ms=%.0f ", ms);
        print_latencies(&early);
        printf("\n");
    } else {
        fprintf(stderr, "load: %s gave no answer (last status %d)\n", command[0], status);
    }
    end(child);
    return status == 200 ? 0 : 1;
}
