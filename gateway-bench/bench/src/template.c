/* Chat requests of a given size that look like real ones: turns, escapes, some text beyond ASCII. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SENTENCE[] =
    "The pool refuses a caller after 250 ms, and the retry makes it worse.\\n\\nLook at the \\\"waiting\\\" gauge: it "
    "climbs before latency does \xe2\x80\x93 then compare p50 and p99 per route. ```java\\nvar pool = "
    "Pool.of(16);\\n``` Would a smaller bound help, or does the d\xc3\xa9lai d'attente hide elsewhere? ";

struct template template_build(const struct options *o, int events) {
    static const char turn_user[] = "\"},{\"role\":\"user\",\"content\":\"",
                      turn_assistant[] = "\"},{\"role\":\"assistant\",\"content\":\"";
    char start[1024], end[128];
    int n = snprintf(start, sizeof start,
                     "{\"model\":\"gpt-4o-mini\",%s%s\"messages\":[{\"role\":\"system\",\"content\":\"You are a "
                     "concise assistant.%s Request 000000000000.",
                     events == 0 ? "" : "\"stream\":true,",
                     events > 0 && o->ask_usage ? "\"stream_options\":{\"include_usage\":true}," : "",
                     o->chat ? "  Please note that the answer must be short in order to be read." : "");
    if (events > 0) {
        n += snprintf(start + n, sizeof start - n, " [events=%d pace-ms=%d]", events, o->pace_ms);
    }
    snprintf(end, sizeof end, "\"}],%s%s%s%s}", o->temperature == NULL ? "" : "\"temperature\":",
             o->temperature == NULL ? "" : o->temperature, o->temperature == NULL ? "" : ",",
             o->chat ? "\"user\":\"bench\"" : "\"max_tokens\":256");

    size_t capacity = o->body + sizeof start + sizeof end + 4096, length = 0, size = o->body;
    char *rest = malloc(capacity);
    if (rest == NULL) {
        abort();
    }
    /* turns of about 1.5 KiB each, or of one sentence in a chat, the last one filled up to the byte */
    int sentences = o->chat ? 1 : 5;
    for (int turn = 0; turn == 0 || n + length + strlen(end) + sizeof turn_assistant + 64 < size; turn++) {
        const char *role = turn % 2 == 0 ? turn_user : turn_assistant;
        length += sprintf(rest + length, "%s", role);
        for (int i = 0; i < sentences && n + length + strlen(end) + sizeof SENTENCE < size; i++) {
            length += sprintf(rest + length, "%s", SENTENCE);
        }
        while (n + length + strlen(end) < size && n + length + strlen(end) + sizeof SENTENCE + 64 >= size) {
            rest[length++] = 'x';
        }
    }
    length += sprintf(rest + length, "%s", end);

    char head[512];
    int h = snprintf(head, sizeof head,
                     "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: OpenAI/Python 1.99.0\r\n"
                     "Accept: application/json\r\nAuthorization: Bearer sk-bench-0123456789abcdef\r\n"
                     "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                     o->port, n + length);
    struct template t = {.rest = rest, .rest_length = length};
    t.prefix_length = asprintf(&t.prefix, "%s%s", head, start);
    t.serial_at = h + (strstr(start, "000000000000") - start);
    return t;
}
