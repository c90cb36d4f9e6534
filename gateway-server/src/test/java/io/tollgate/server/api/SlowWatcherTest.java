package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowWatcherTest {
    private static final String CALL =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final int AT_ONCE = 50;
    private static final int AT_MOST = 6_000;
    /** Some 6 KiB, so that the sockets' buffers are full soon. */
    private static final String TAGS = IntStream.range(0, 30)
            .mapToObj(i -> "tag" + i + "=" + "x".repeat(200))
            .collect(Collectors.joining(","));

    private static long number(String text, String pattern) {
        long sum = 0;
        Matcher found = Pattern.compile(pattern).matcher(text);
        while (found.find()) {
            sum += (long) Double.parseDouble(found.group(1));
        }
        return sum;
    }

    private static long dropped(TestGateway gateway) throws Exception {
        return number(
                gateway.get(gateway.server().adminUrl() + "/metrics").body(),
                "(?m)^tollgate_live_dropped_events_total (\\S+)");
    }

    private static void calls(TestGateway gateway) {
        HttpRequest request = gateway.request("/v1/chat/completions", CALL, "x-tollgate-tags", TAGS);
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(gateway.client().sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    }

    @Test
    void who_watches_too_slowly_misses_events_and_is_told_how_many_while_calls_go_on() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                RawCaller watcher =
                        new RawCaller(URI.create(gateway.server().adminUrl()).getPort(), 4_096)) {
            watcher.say("GET /api/v1/live HTTP/1.1\r\nhost: localhost\r\n\r\n");
            watcher.readTo("requests as they end\n\n");
            int made = 0;
            while (dropped(gateway) == 0 && made < AT_MOST) {
                calls(gateway);
                made += AT_ONCE;
            }
            assertThat(dropped(gateway)).as("after %d calls", made).isPositive();
            long told = 0;
            long missed = 0;
            while (told + missed < made) {
                String event = watcher.readTo("\n\n");
                told += event.contains("event: request\n") ? 1 : 0;
                missed += number(event, "event: missed\ndata: \\{\"events\":(\\d+)");
            }
            assertThat(told + missed).isEqualTo(made);
            assertThat(missed).isPositive().isEqualTo(dropped(gateway));
        }
    }
}
