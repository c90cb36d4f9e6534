/*
 * The load generator: one thread, loopback only, bounded in time and number. Figures go to stdout as name=value.
 *
 *   load closed  --port N [--connections 64] [--body 2048] [--seconds 5] [--warmup 1] [--pids P,Q]
 *   load rate    --port N --rate R [--connections 64] …    latency counts from when a request was meant to be sent
 *   load streams --port N --streams S [--pace-ms 20] [--ramp 1] [--seconds 5] [--warmup 0.5] [--pids P,Q] [--no-usage]
 *   load startup --port N -- COMMAND …
 *
 * All requests differ by a serial number, so no cache answers them; with --same they do not. --temperature T sets it (default 0.7, "none" leaves
 * it out). With --chat a request has many short turns, wordy instructions and no cap. Exit status: 0, 1 could not run, 2 bad usage, 3 errors or streams that are not whole.
 */
#include "load.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(const char *why) {
    fprintf(stderr, "load: %s\nusage: load closed|rate|streams|startup --port N … (see the head of load.c)\n", why);
    return 2;
}

static double number(const char *text, double from, double to) {
    char *end;
    double value = strtod(text, &end);
    if (*end != 0 || value < from || value > to) {
        fprintf(stderr, "load: %s is not a number from %g to %g\n", text, from, to);
        exit(2);
    }
    return value;
}

static void read_pids(struct options *o, char *list) {
    for (char *pid = strtok(list, ", \n"); pid != NULL && o->pid_count < MAX_PIDS; pid = strtok(NULL, ", \n")) {
        o->pids[o->pid_count++] = (int)number(pid, 1, 1 << 22);
    }
}

int main(int argc, char **argv) {
    static const struct option names[] = {
        {"port", 1, 0, 'p'},    {"connections", 1, 0, 'c'}, {"body", 1, 0, 'b'},  {"seconds", 1, 0, 's'},
        {"warmup", 1, 0, 'w'},  {"rate", 1, 0, 'r'},        {"streams", 1, 0, 'n'}, {"pace-ms", 1, 0, 'm'},
        {"ramp", 1, 0, 'a'},    {"pids", 1, 0, 'i'},        {"temperature", 1, 0, 't'}, {"no-usage", 0, 0, 'u'},
        {"chat", 0, 0, 'h'},
        {"same", 0, 0, 'e'},
        {0, 0, 0, 0}};
    struct options o = {.connections = 64, .body = 2048, .seconds = 5, .warmup = 1, .rate = 2000, .streams = 100,
                        .pace_ms = 20, .ramp = 1, .temperature = "0.7", .ask_usage = true};
    if (argc < 2) {
        return usage("no mode");
    }
    const char *mode = argv[1];
    argv[1] = argv[0];
    argc--;
    argv++;
    for (int i; (i = getopt_long(argc, argv, "+", names, NULL)) != -1;) {
        switch (i) {
        case 'p': o.port = (int)number(optarg, 1, 65535); break;
        case 'c': o.connections = (int)number(optarg, 1, MAX_CLIENTS); break;
        case 'b': o.body = (long)number(optarg, 1, 64 << 20); break;
        case 's': o.seconds = number(optarg, 0.1, 600); break;
        case 'w': o.warmup = number(optarg, 0, 600); break;
        case 'r': o.rate = (int)number(optarg, 1, 1000000); break;
        case 'n': o.streams = (int)number(optarg, 1, MAX_CLIENTS); break;
        case 'm': o.pace_ms = (int)number(optarg, 1, 60000); break;
        case 'a': o.ramp = number(optarg, 0, 600); break;
        case 'i': read_pids(&o, optarg); break;
        case 't': o.temperature = strcmp(optarg, "none") == 0 ? NULL : optarg; break;
        case 'u': o.ask_usage = false; break;
        case 'e': o.same = true; break;
        case 'h': o.chat = true; break;
        default: return usage("unknown option");
        }
    }
    if (o.port == 0) {
        return usage("--port is missing");
    }
    signal(SIGPIPE, SIG_IGN);
    if (strcmp(mode, "closed") == 0) {
        return run_closed(&o);
    }
    if (strcmp(mode, "rate") == 0) {
        return run_rate(&o);
    }
    if (strcmp(mode, "streams") == 0) {
        return run_streams(&o);
    }
    if (strcmp(mode, "startup") == 0 && optind < argc) {
        return run_startup(&o, argv + optind);
    }
    return usage("no such mode, or startup without a command");
}
