package io.tollgate.server.e2e;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.time.Duration;

/** Requests the tests ask with, and what must hold after each. */
final class Calls {
    static final String CHAT = "/v1/chat/completions";
    static final String MESSAGES = "/v1/messages";
    static final String GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent";
    static final String PLAIN =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
    static final String STREAMED = PLAIN.replace("\"messages\"", "\"stream\":true,\"messages\"");
    static final String TO_CLAUDE = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
    static final String TO_GEMINI = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello there\"}]}]}";

    private Calls() {}

    /** Whatever came before, the gateway answers, nothing is under way and nothing is held. */
    static void assertServing(TestGateway gateway) throws Exception {
        gateway.provider().reset();
        try (RawCaller caller = new RawCaller(gateway.port())) { // new: a kept one may just be closed as idle
            assertThat(caller.post(CHAT, PLAIN).answer().status()).isEqualTo(200);
        }
        assertIdle(gateway);
        gateway.provider().reset();
    }

    /** Nothing is under way and nothing is held. */
    static void assertIdle(TestGateway gateway) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(gateway.server().load().exchanges()).isZero();
                    assertThat(gateway.server().load().heldBytes()).isZero();
                });
    }
}
