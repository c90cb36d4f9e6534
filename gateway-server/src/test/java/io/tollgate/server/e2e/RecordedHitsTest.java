package io.tollgate.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every recorded call of real providers asked twice: the second answer is the first one's bytes, and nobody was asked for it. */
@ExtendWith(NoLeaks.class)
class RecordedHitsTest {
    private static final Logger log = LoggerFactory.getLogger(RecordedHitsTest.class);
    private static final long SEED = 20_261_122;
    private static final Pattern UNKEPT = Pattern.compile("\"unkept\":\\{([^}]*)}");
    private static final Pattern COUNT = Pattern.compile(":(\\d+)");

    @Test
    void the_second_call_of_every_recorded_pair_that_may_be_kept_is_a_hit_of_the_same_bytes() throws Exception {
        Path folder = Recording.folder();
        assumeThat(folder)
                .as("skipped: no folder shared/recorded beside the checkout (TOLLGATE_SHARED names it elsewhere)")
                .isNotNull();
        if (folder == null) {
            return;
        }
        List<Recording> calls = Recording.all(folder).stream()
                .filter(call -> !call.dialect().equals("tunnel"))
                .toList();
        Map<String, Integer> hits = new TreeMap<>();
        Map<String, Integer> bypasses = new TreeMap<>();
        int unkept = 0;
        String cache = "cache: {exact: {enabled: true, when: always, max_entry: 16MiB}}\n";
        try (TestGateway gateway = TestGateway.start(ReplayTest.providers(calls) + cache);
                RawCaller caller = new RawCaller(gateway.port())) {
            Random random = new Random(SEED);
            for (int i = 0; i < calls.size(); i++) {
                Recording call = calls.get(i);
                gateway.provider().reset();
                gateway.provider().enqueue(ReplayTest.played(call, random), ReplayTest.played(call, random));
                RawAnswer first = caller.say(ofCaller(call, i)).answer();
                RawAnswer second = caller.say(ofCaller(call, i)).answer();
                String use = Objects.requireNonNullElse(second.header("x-tollgate-cache"), "none");
                assertThat(second.status()).as(call.toString()).isEqualTo(call.status());
                assertThat(second.text()).as("%s: %s", call, use).isEqualTo(first.text());
                assertThat(gateway.provider().requests().total())
                        .as("%s: %s", call, use)
                        .isEqualTo(use.equals("hit") ? 1 : 2);
                if (use.equals("hit")) {
                    hits.merge(call.dialect(), 1, Integer::sum);
                } else if (use.equals("miss")) {
                    unkept++;
                } else {
                    bypasses.merge(use, 1, Integer::sum);
                }
            }
            String shown =
                    gateway.get(gateway.server().adminUrl() + "/api/v1/cache").body();
            log.info("hits {}, passed by {}, {} not kept: {}", hits, bypasses, unkept, shown);
            assertThat(sum(shown))
                    .as("every second miss has a reason: %s", shown)
                    .isEqualTo(2L * unkept);
        }
        assertThat(hits.keySet()).contains("openai-chat", "openai-responses", "anthropic", "gemini");
    }

    /** Each pair under a credential of its own: recordings repeat each other's questions. */
    private static byte[] ofCaller(Recording call, int number) {
        String request = new String(ReplayTest.request(call), StandardCharsets.ISO_8859_1);
        int line = request.indexOf("\r\n");
        return (request.substring(0, line) + "\r\nhelicone-auth: Bearer " + number + request.substring(line))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long sum(String shown) {
        String counts = UNKEPT.matcher(shown)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        return COUNT.matcher(counts)
                .results()
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .sum();
    }
}
