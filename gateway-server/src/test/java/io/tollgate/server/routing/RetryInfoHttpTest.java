package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google says in an error's body how long to wait. Without it, the wait here is between 20 and 40 s. */
class RetryInfoHttpTest {
    private static final String PLAIN = "/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
    private static final String ASK = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
    private static final String BODY = """
            {"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[\
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"DELAY"}]}}""";
    private static final String LONG_WAITS = "retries: {attempts: 2, backoff: 40s, max_backoff: 40s}\n";

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
        return gateway;
    }

    private static Behaviour limited(int status, String delay) {
        return Behaviour.status(status).body("application/json", BODY.replace("DELAY", delay));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, STREAM})
    void a_call_is_tried_again_after_the_wait_the_body_asks_for(String path) throws Exception {
        try (TestGateway gateway = gateway(LONG_WAITS)) {
            for (int status : new int[] {429, 503}) {
                gateway.provider().rules().enqueue(limited(status, "0.05s").splitEvery(20));
                HttpResponse<String> response = gateway.post(path, ASK);
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertThat(response.headers().firstValue("x-tollgate-route"))
                        .hasValue("direct; reason=retried after " + status);
            }
            assertThat(gateway.rows(4))
                    .extracting(row -> row.end())
                    .containsExactly(End.UPSTREAM_FAILED, End.COMPLETE, End.UPSTREAM_FAILED, End.COMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, STREAM})
    void a_wait_beyond_the_longest_is_left_for_the_next_or_told_to_the_caller_as_it_came(String path) throws Exception {
        String few = "retries: {attempts: 2, backoff: 20ms, max_backoff: 1s}\n";
        try (TestGateway gateway = gateway(few + "fallbacks: {gemini-2.5-flash: [gemini-2.5-pro]}\n")) {
            gateway.provider().rules().enqueue(limited(429, "31s"));
            HttpResponse<String> response = gateway.post(path, ASK);
            assertThat(response.headers().firstValue("x-tollgate-route"))
                    .hasValue("direct; reason=fallback after 429 from gemini/gemini-2.5-flash");
        }
        try (TestGateway gateway = gateway(few)) {
            gateway.provider().rules().enqueue(limited(429, "31s").splitEvery(20));
            HttpResponse<String> response = gateway.post(path, ASK);
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.body()).isEqualTo(BODY.replace("DELAY", "31s"));
            assertThat(gateway.row(response).status()).isEqualTo(429);
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
        }
    }

    @Test
    void a_body_that_does_not_come_or_is_too_large_is_not_waited_for() throws Exception {
        try (TestGateway gateway = gateway("retries: {attempts: 2, backoff: 20ms}\n")) {
            Duration never = Duration.ofSeconds(60);
            gateway.provider().rules().enqueue(limited(429, "60s").firstByteDelay(never));
            assertThat(gateway.post(PLAIN, ASK).statusCode()).isEqualTo(200);
            String large = BODY.replace("DELAY", "60s\",\"more\":\"" + "x".repeat(20_000));
            gateway.provider().rules().enqueue(Behaviour.status(503).body("application/json", large));
            assertThat(gateway.post(STREAM, ASK).statusCode()).isEqualTo(200);
        }
        try (TestGateway gateway = gateway("fallbacks: {other: [another]}\n")) {
            String large = BODY.replace("DELAY", "60s\",\"more\":\"" + "x".repeat(90_000));
            gateway.provider().rules().enqueue(Behaviour.status(503).body("application/json", large));
            assertThat(gateway.post(PLAIN, ASK).body()).as("whole").isEqualTo(large);
        }
    }

    @Test
    void a_body_that_breaks_off_leaves_the_decision_to_the_head() throws Exception {
        try (TestGateway gateway = gateway("retries: {attempts: 2, backoff: 20ms}\n")) {
            gateway.provider().rules().enqueue(limited(429, "60s").resetAfterHead());
            assertThat(gateway.post(PLAIN, ASK).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_caller_that_leaves_meanwhile_ends_the_call() throws Exception {
        try (TestGateway gateway = gateway(LONG_WAITS)) {
            gateway.provider().rules().enqueue(limited(429, "9s").firstByteDelay(Duration.ofSeconds(60)));
            RawCaller caller = new RawCaller(gateway.port()).post(PLAIN, ASK);
            gateway.provider().requests().awaitTotal(1, SOON);
            caller.close();
            assertThat(gateway.rows(1))
                    .singleElement()
                    .satisfies(row -> assertThat(row.end()).isEqualTo(End.CLIENT_GONE));
            await().atMost(SOON).until(() -> gateway.server().load().exchanges() == 0);
        }
    }
}
